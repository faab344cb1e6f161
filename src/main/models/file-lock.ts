import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Times of a lock, in ms. */
export interface LockTiming {
  /** Between two signs of life of the holder. */
  readonly refreshMs: number;
  /** Without a sign of life for so long, a holder counts as gone. */
  readonly staleMs: number;
  /** Between two looks of one who waits. */
  readonly pollMs: number;
}

export const LOCK_TIMING: LockTiming = { refreshMs: 5_000, staleMs: 60_000, pollMs: 200 };

const ownerForm = z.object({ token: z.string(), pid: z.int().positive(), host: z.string() });
type Owner = z.infer<typeof ownerForm>;

/**
 * A lock between processes: a file that only one of them can create. A holder that has died does not hold it for ever:
 * its process is gone, or, where that cannot be told (another machine, a thread that was stopped), its signs of life are.
 */
export class FileLock implements AsyncDisposable {
  readonly #path: string;
  readonly #token: string;
  readonly #timer: NodeJS.Timeout;
  readonly #lost = new AbortController();

  private constructor(path: string, token: string, timing: LockTiming) {
    this.#path = path;
    this.#token = token;
    this.#timer = setInterval(() => void this.#refresh(), timing.refreshMs).unref();
  }

  /** Fires when the lock is this one's no more: another took it over, for this one was silent too long. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Waits until it is free; `waits` is called once if it is not. @throws the signal's reason */
  static async acquire(path: string, timing: LockTiming, signal: AbortSignal, waits: () => void): Promise<FileLock> {
    const owner: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
    for (let looks = 0; ; looks++) {
      signal.throwIfAborted();
      if (await create(path, owner)) return new FileLock(path, owner.token, timing);
      if (await removeIfStale(path, timing)) continue;
      if (looks === 0) waits();
      await delay(timing.pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    if ((await ownerOf(this.#path))?.token === this.#token) await rm(this.#path, { force: true });
  }

  async #refresh(): Promise<void> {
    try {
      if ((await ownerOf(this.#path))?.token !== this.#token) throw new Error(`${this.#path} was taken over.`);
      const now = new Date();
      await utimes(this.#path, now, now);
    } catch (error) {
      this.#lost.abort(error);
    }
  }
}

async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string, timing: LockTiming): Promise<boolean> {
  const owner = await ownerOf(path);
  if (owner === null || !(await isStale(path, owner, timing))) return false;
  // Several may find it stale: a renaming succeeds for one of them only.
  const grave = `${path}.${randomUUID()}`;
  try {
    await rename(path, grave);
    // In the meantime another may have removed the stale lock and made its own, which is then given back.
    if ((await ownerOf(grave))?.token === owner.token) await rm(grave, { force: true });
    else await rename(grave, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return true;
}

async function isStale(path: string, { pid, host }: Owner, { staleMs }: LockTiming): Promise<boolean> {
  if (host === hostname() && !isAlive(pid)) return true;
  const entry = await stat(path).catch(() => null);
  return entry !== null && Date.now() - entry.mtimeMs > staleMs;
}

/** Signal 0 is not sent: it only asks. EPERM says that the process is there and is another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Null when there is no lock. One that is not written yet is nobody's, and grows stale by its time alone. */
async function ownerOf(path: string): Promise<Owner | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const { data } = ownerForm.safeParse(parsed(text));
  return data ?? { token: text, pid: process.pid, host: '' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
