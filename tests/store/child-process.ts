import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Path of a script that a test runs in a process of its own. */
export function script(name: string): string {
  return fileURLToPath(new URL(`./processes/${name}`, import.meta.url));
}

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line it prints. @throws Error with what it wrote to stderr when it ends instead. */
  line(): Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export function start(command: string, args: readonly string[]): Child {
  const process = spawn(command, args);
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  let errors = '';
  process.stderr.on('data', (text) => {
    errors += text;
  });
  return {
    process,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The process ended without a line: ${errors}`);
      return value;
    },
    ended: once(process, 'exit').then(([code, signal]) => code ?? signal),
  };
}
