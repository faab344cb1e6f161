import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type UtilityProcess, utilityProcess } from 'electron';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { childEnvironment, lowerPriority } from '../isolates/child-environment.ts';
import { ENTRY_POINTS } from '../isolates/entry-points.ts';
import { endOf, exitOf } from '../isolates/last-words.ts';
import type { EntryPoints, Exit, IsolateProcess, IsolateSpawner } from '../isolates/spawn.ts';

/** ms that the rest of stderr may take after the process is gone. */
const STDERR_PATIENCE = 500;

/** Starts isolates as utility processes of Electron: its own binary cannot be started as Node in a package. */
export function utilitySpawner(entryPoints: EntryPoints = ENTRY_POINTS): IsolateSpawner {
  return {
    async spawn(kind, options): Promise<IsolateProcess> {
      const child = utilityProcess.fork(entryPoints[kind], [], {
        env: childEnvironment(process.env, options),
        stdio: ['ignore', 'ignore', 'pipe'],
        serviceName: `Weft ${kind}`,
      });
      const pid = await pidOf(child);
      const exited = exitedOf(child, pid);
      lowerPriority(pid, options);
      return { pid, exited, kill: () => void tryToKill(pid) };
    },
  };
}

async function pidOf(child: UtilityProcess): Promise<number> {
  const given = new AbortController();
  const { signal } = given;
  await Promise.race([once(child, 'spawn', { signal }), once(child, 'exit', { signal })]);
  given.abort();
  if (child.pid !== undefined) return child.pid;
  throw new WeftError(
    'E_ISOLATE_START',
    'The system did not start a helper process: check free memory and the number of processes.',
  );
}

async function exitedOf(child: UtilityProcess, pid: number): Promise<Exit> {
  // A process that was forked with a pipe has this stream.
  const stderr = child.stderr as Readable;
  const early = endOf(stderr);
  const [code]: number[] = await once(child, 'exit');
  // Electron takes all listeners off the stream when the process exits, though not all has been read then.
  const late = endOf(stderr);
  await Promise.all([gone(pid), Promise.race([finished(stderr), delay(STDERR_PATIENCE, undefined, { ref: false })])]);
  const signal = signalIn(code);
  return exitOf(code, signal, early() + late());
}

/** Electron tells of an exit when the process announces it; its last threads may still write into the arena. */
async function gone(pid: number): Promise<void> {
  while (tryToKill(pid)) await delay(5);
}

/** False when there is no such process. Electron's own `kill` sends SIGTERM, which a busy process does not heed. */
function tryToKill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

const FATAL_SIGNALS = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGKILL', 'SIGSEGV', 'SIGTERM', 'SIGTRAP'] as const;

/**
 * Electron gives the exit code of a process that exited by itself, and for any other the status that `waitpid` gives: the
 * number of the signal, plus 128 when memory was dumped. Isolates exit with none of these numbers.
 */
function signalIn(code: number): NodeJS.Signals | null {
  if (process.platform === 'win32') return null;
  return FATAL_SIGNALS.find((name) => constants.signals[name] === (code & 0x7f)) ?? null;
}
