import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import type { ForkOptions, UtilityProcess } from 'electron';

/** A child process that tells of itself as Electron's utility processes do. */
class StandinUtilityProcess extends EventEmitter implements Pick<UtilityProcess, 'pid' | 'stdout' | 'stderr'> {
  pid: number | undefined;
  stdout: PassThrough | null;
  stderr: PassThrough | null;

  constructor(modulePath: string, args: readonly string[], { env, cwd, stdio = [] }: ForkOptions) {
    super();
    if (typeof stdio === 'string' || stdio[0] !== 'ignore')
      throw new Error('stdio must be a list that begins with ignore');
    const options: SpawnOptions = { env: { ...env }, cwd, stdio };
    const child = spawn(process.execPath, [modulePath, ...args], options);
    this.stdout = throughOf(child.stdout);
    this.stderr = throughOf(child.stderr);
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.once('error', () => this.#exited(1));
    child.once('exit', (code, signal) => this.#exited(signal === null ? (code ?? 0) : constants.signals[signal]));
  }

  #exited(code: number): void {
    this.pid = undefined;
    try {
      this.emit('exit', code);
    } finally {
      // Electron does so as well, whether or not all has been read.
      this.stdout?.removeAllListeners();
      this.stderr?.removeAllListeners();
      this.stdout = null;
      this.stderr = null;
    }
  }
}

function throughOf(stream: ChildProcess['stderr']): PassThrough | null {
  return stream === null ? null : stream.pipe(new PassThrough());
}

export const standinUtilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
    new StandinUtilityProcess(modulePath, args, options),
};
