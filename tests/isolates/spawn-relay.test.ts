import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { EntryPoints, IsolateSpawner } from '../../src/main/isolates/spawn.ts';
import { nodeSpawner } from '../../src/main/isolates/spawn-node.ts';
import { relayedSpawner, serveSpawns } from '../../src/main/isolates/spawn-relay.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { describeIsolateSpawner } from '../conformance/isolate-spawner.ts';

/** A relayed spawner and its host, in one thread. */
function relayed(entryPoints: EntryPoints): IsolateSpawner {
  const { port1: host, port2: engine } = new MessageChannel();
  void serveSpawns(host, nodeSpawner(entryPoints));
  const spawner = relayedSpawner(engine);
  // The test's own thread shall not wait for the port.
  engine.unref();
  host.unref();
  return spawner;
}

describeIsolateSpawner('relayedSpawner', relayed);

const waitingProgram = new URL('../conformance/ended-process.ts', import.meta.url).pathname;

describe('a host that spawns for an engine on a worker thread', () => {
  test('kills the isolates and waits for their end when the engine thread is stopped', async () => {
    const { port1: host, port2: engine } = new MessageChannel();
    const worker = new Worker(new URL('./spawning-engine.ts', import.meta.url), {
      workerData: { engine },
      transferList: [engine],
    });
    const served = serveSpawns(host, nodeSpawner({ inference: waitingProgram }));
    const [pids] = (await once(worker, 'message')) as [number[]];
    expect(pids).toHaveLength(3);
    for (const pid of pids) expect(isAlive(pid)).toBe(true);

    await worker.terminate();
    await served;
    for (const pid of pids) expect(isAlive(pid)).toBe(false);
  });

  test('kills an isolate that was being started when the engine thread was stopped', async () => {
    const { port1: host, port2: engine } = new MessageChannel();
    const started = Promise.withResolvers<number>();
    const spawner: IsolateSpawner = {
      async spawn(kind, options) {
        engine.close();
        await once(host, 'close');
        const process = await nodeSpawner({ inference: waitingProgram }).spawn(kind, options);
        started.resolve(process.pid);
        return process;
      },
    };
    const served = serveSpawns(host, spawner);
    void relayedSpawner(engine).spawn('inference', { env: { WEFT_TEST_DEED: 'wait' }, niceness: 0 });
    const pid = await started.promise;
    await served;
    expect(isAlive(pid)).toBe(false);
  });

  test('passes on why a process could not be started', async () => {
    const { port1: host, port2: engine } = new MessageChannel();
    const served = serveSpawns(host, {
      spawn: () =>
        Promise.reject(new WeftError('E_ISOLATE_START', 'No more processes.', { cause: new Error('EAGAIN') })),
    });
    await expect(relayedSpawner(engine).spawn('inference', { env: {}, niceness: 0 })).rejects.toMatchObject({
      code: 'E_ISOLATE_START',
      message: 'No more processes.',
      cause: { message: 'EAGAIN' },
    });
    engine.close();
    await served;
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
