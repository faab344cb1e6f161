import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one run, made when a node asks for it and removed when the run ends. */
export class TemporaryFolder implements AsyncDisposable {
  #path: Promise<string> | null = null;

  open(): Promise<string> {
    this.#path ??= sweep().then(() => mkdtemp(join(tmpdir(), `weft-run-${process.pid}-`)));
    return this.#path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#path !== null) await rm(await this.#path, { recursive: true, force: true });
  }
}

/** Removes what processes have left that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^weft-run-(?<pid>\d+)-/.exec(name)?.groups?.pid;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
