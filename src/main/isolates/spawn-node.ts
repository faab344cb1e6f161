import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { childEnvironment, lowerPriority } from './child-environment.ts';
import { ENTRY_POINTS } from './entry-points.ts';
import { endOf, exitOf } from './last-words.ts';
import type { EntryPoints, Exit, IsolateProcess, IsolateSpawner } from './spawn.ts';

type Child = ChildProcessByStdio<null, null, Readable>;

/** Starts isolates as child processes of this Node; programs of one's own may take the place of Weft's. */
export function nodeSpawner(own: Partial<EntryPoints> = {}): IsolateSpawner {
  const entryPoints = { ...ENTRY_POINTS, ...own };
  return {
    async spawn(kind, options): Promise<IsolateProcess> {
      const child = spawn(process.execPath, [entryPoints[kind]], {
        env: childEnvironment(process.env, options),
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
      });
      const exited = exitedOf(child);
      const pid = await pidOf(child);
      lowerPriority(pid, options);
      return { pid, exited, kill: () => void child.kill('SIGKILL') };
    },
  };
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

function exitedOf(child: Child): Promise<Exit> {
  const stderr = endOf(child.stderr);
  return new Promise((resolve) => {
    // 'close', unlike 'exit', comes when the last of stderr has been read too.
    child.once('close', (code, signal) => resolve(exitOf(code, signal, stderr())));
  });
}
