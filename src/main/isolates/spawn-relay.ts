import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { type ErrorReport, WeftError } from '../../shared/node-api/weft-error.ts';
import type { Exit, IsolateKind, IsolateProcess, IsolateSpawner, SpawnOptions } from './spawn.ts';

type Order =
  | { readonly do: 'spawn'; readonly id: number; readonly kind: IsolateKind; readonly options: SpawnOptions }
  | { readonly do: 'kill'; readonly id: number };

type Report =
  | { readonly did: 'spawn'; readonly id: number; readonly pid: number }
  | { readonly did: 'fail'; readonly id: number; readonly error: ErrorReport }
  | { readonly did: 'exit'; readonly id: number; readonly exit: Exit };

/**
 * Time for an isolate to do its last work when the engine is gone, ms: a media isolate sees its socket close, completes
 * the file that it writes, and exits. Others have nothing to complete.
 */
const LAST_WORK: Readonly<Record<IsolateKind, number>> = { inference: 0, media: 3_000 };

/**
 * Spawns, on the host's thread, what the engine's thread asks for through the other end of `port`. When that end
 * closes, because the engine ended or was stopped, all its isolates are killed, once their last work is done.
 * @returns when `port` has closed and the last isolate is confirmed dead: its memory may be used again.
 */
export async function serveSpawns(port: MessagePort, spawner: IsolateSpawner): Promise<void> {
  const processes = new Map<number, IsolateProcess & { readonly kind: IsolateKind }>();
  const ends = new Set<Promise<void>>();
  let closed = false;

  const report = (message: Report) => port.postMessage(message);

  const spawn = async (id: number, kind: IsolateKind, options: SpawnOptions) => {
    try {
      const process = await spawner.spawn(kind, options);
      processes.set(id, { ...process, kind });
      if (closed) process.kill();
      report({ did: 'spawn', id, pid: process.pid });
      const exit = await process.exited;
      processes.delete(id);
      report({ did: 'exit', id, exit });
    } catch (error) {
      report({ did: 'fail', id, error: asWeftError(error).toReport() });
    }
  };

  port.on('message', (order: Order) => {
    if (order.do === 'kill') return processes.get(order.id)?.kill();
    const end = spawn(order.id, order.kind, order.options).finally(() => ends.delete(end));
    ends.add(end);
  });
  await once(port, 'close');
  closed = true;
  for (const { kind, kill, exited } of processes.values()) {
    if (LAST_WORK[kind] === 0) kill();
    else killAfter(LAST_WORK[kind], kill, exited);
  }
  await Promise.all(ends);
}

function killAfter(ms: number, kill: () => void, exited: Promise<Exit>): void {
  const timer = setTimeout(kill, ms);
  void exited.then(() => clearTimeout(timer));
}

/** A spawner for the engine's thread: the host at the other end of `port` does the work. */
export function relayedSpawner(port: MessagePort): IsolateSpawner {
  const starting = new Map<number, PromiseWithResolvers<IsolateProcess>>();
  const running = new Map<number, (exit: Exit) => void>();
  let lastId = 0;

  const order = (message: Order) => port.postMessage(message);

  const started = (id: number, pid: number): IsolateProcess => {
    const exited = new Promise<Exit>((resolve) => running.set(id, resolve));
    return { pid, exited, kill: () => order({ do: 'kill', id }) };
  };

  port.on('message', (report: Report) => {
    const { id } = report;
    if (report.did === 'spawn') starting.get(id)?.resolve(started(id, report.pid));
    else if (report.did === 'fail') starting.get(id)?.reject(WeftError.fromReport(report.error));
    else running.get(id)?.(report.exit);
    if (report.did === 'exit') running.delete(id);
    else starting.delete(id);
  });

  return {
    spawn(kind, options) {
      const id = ++lastId;
      const start = Promise.withResolvers<IsolateProcess>();
      starting.set(id, start);
      order({ do: 'spawn', id, kind, options });
      return start.promise;
    },
  };
}

function asWeftError(error: unknown): WeftError {
  if (error instanceof WeftError) return error;
  return new WeftError('E_INTERNAL', 'A helper process could not be started because of a mistake in Weft: report it.', {
    cause: error,
  });
}
