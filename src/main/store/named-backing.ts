import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, ftruncateSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Backing } from './backing.ts';
import { libc } from './libc.ts';
import { mapSharedMemory, type Segment } from './segment.ts';

/**
 * macOS: shared memory under names. Names outlive the process, so they are written to a list named after its pid before
 * they come to be, removed at exit, and swept by the next process when this one was killed.
 */
export class NamedBacking implements Backing {
  readonly sharing = 'zero-copy';
  /** The pid, and a part that keeps clear of what an earlier process of this pid left. */
  readonly #tag = `${process.pid}-${randomBytes(3).toString('hex')}`;
  readonly #list: string;
  readonly #names: string[] = [];

  /** `folder` is private to the person, and shared by all their processes that use names. */
  constructor(folder = join(tmpdir(), `weft-memory-${userInfo().uid}`)) {
    this.#list = join(folder, this.#tag);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    sweepNames(folder);
    process.once('exit', () => {
      removeNames(this.#names);
      rmSync(this.#list, { force: true });
    });
  }

  open(bytes: number): Omit<Segment, 'id'> {
    // macOS takes names of at most 31 characters.
    const name = `/weft-${this.#tag}-${this.#names.length}`;
    appendFileSync(this.#list, `${name}\n`, { mode: 0o600 });
    this.#names.push(name);
    const fd = libc().openSharedMemory(name, 'new');
    try {
      ftruncateSync(fd, bytes);
      return { ...mapSharedMemory(fd, bytes), shared: { fd, location: { kind: 'name', at: name, bytes } } };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }
}

/** Removes the names that processes left which are no more. */
export function sweepNames(folder: string): void {
  for (const file of readdirSync(folder)) {
    const pid = /^(\d+)-[0-9a-f]+$/.exec(file)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const list = join(folder, file);
    removeNames(namesIn(list));
    rmSync(list, { force: true });
  }
}

function namesIn(list: string): readonly string[] {
  try {
    // Only names of our own form: a damaged list must not remove the memory of other programs.
    return readFileSync(list, 'utf8').match(/^\/weft-\d+-[0-9a-f]+-\d+$/gm) ?? [];
  } catch (error) {
    // Another process swept it.
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function removeNames(names: readonly string[]): void {
  for (const name of names) {
    try {
      libc().unlinkSharedMemory(name);
    } catch (error) {
      // It was written down but never came to be, or another process swept it.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
