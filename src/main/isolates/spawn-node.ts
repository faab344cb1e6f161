import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { EntryPoints, Exit, IsolateProcess, IsolateSpawner, SpawnOptions } from './spawn.ts';

type Child = ChildProcessByStdio<null, null, Readable>;

const ENTRY_POINTS: EntryPoints = {
  inference: fileURLToPath(new URL('./inference/inference-isolate.ts', import.meta.url)),
};

/** Starts isolates as child processes of this Node. */
export function nodeSpawner(entryPoints: EntryPoints = ENTRY_POINTS): IsolateSpawner {
  return {
    async spawn(kind, options): Promise<IsolateProcess> {
      const child = spawn(process.execPath, [entryPoints[kind]], {
        env: { ...cleanEnvironment(process.env), ...options.env },
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
      });
      const exited = exitOf(child);
      const pid = await pidOf(child);
      lowerPriority(pid, options);
      return { pid, exited, kill: () => void child.kill('SIGKILL') };
    },
  };
}

/**
 * What is meant for the app's own Node or Electron (flags, loaders, coverage, debug output) must not reach its
 * isolates; what libraries read (library paths, GPU drivers) must.
 */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(NODE_|ELECTRON_|npm_|VITEST|DEBUG$)/.test(name)),
  );
}

async function pidOf(child: Child): Promise<number> {
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new WeftError(
      'E_ISOLATE_START',
      'The system did not start a helper process: check free memory and the number of processes.',
      { cause },
    );
  }
  // A child that has emitted 'spawn' has a pid.
  return child.pid as number;
}

/** Before the program has started its own threads, which inherit the priority on Linux. */
function lowerPriority(pid: number, { niceness }: SpawnOptions): void {
  if (niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch (error) {
    // The process may be gone already; its exit is reported by `exited`.
    if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error;
  }
}

function exitOf(child: Child): Promise<Exit> {
  const stderr = endOf(child.stderr);
  return new Promise((resolve) => {
    // 'close', unlike 'exit', comes when the last of stderr has been read too.
    child.once('close', (code, signal) => {
      resolve({ reason: exitReason(code, signal, stderr()), lastWords: lastWords(stderr()) });
    });
  });
}

/** The end of what a stream carries: room for a native stack trace and the line above it that says why. */
function endOf(stream: Readable): () => string {
  const kept = 16_384;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-kept);
  });
  return () => text;
}

function exitReason(code: number | null, signal: NodeJS.Signals | null, stderr: string): string {
  // V8 and C++ abort when memory runs out; only their last words tell it from another abort.
  if (signal === 'SIGABRT' && /heap out of memory|bad_alloc/.test(stderr)) return 'out of memory';
  return signal ?? `exit code ${code}`;
}

/** The last line of stderr that is not a part of a stack trace. */
function lastWords(stderr: string): string {
  const trace = /^\s*(\d+: |at |-----|Node\.js v|$)/;
  return (
    stderr
      .split('\n')
      .findLast((line) => !trace.test(line))
      ?.trim() ?? ''
  );
}
