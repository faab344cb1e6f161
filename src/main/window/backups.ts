import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Backup } from '../../shared/protocol/window-calls.ts';
import { backupSchema } from '../../shared/protocol/window-schemas.ts';
import { writeFile } from '../engine/write-file.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** ms; a backup is written in less. */
const REMAINS_AFTER = 60_000;

const form = z.object({
  /** The process whose window holds the work; null when that window has closed. */
  owner: z.object({ pid: z.int(), started: z.string().nullable() }).nullable(),
  /** ms since the epoch. */
  at: z.number(),
  backup: backupSchema,
});
type Stored = z.infer<typeof form>;

/**
 * Unsaved work, one file each in the state folder, written whole or not at all. It belongs to a window while that lives;
 * when the window or its process has ended in whatever way, the next window is offered it, and takes it over with that.
 */
export class Backups {
  readonly #folder: string;
  readonly #self: ProcessIdentity;
  /** The window of this process that each backup belongs to, by id. */
  readonly #owners = new Map<string, object>();
  /** Writes and removals of the same backup take turns. */
  readonly #turns = new Map<string, Promise<void>>();

  private constructor(folder: string, self: ProcessIdentity) {
    this.#folder = folder;
    this.#self = self;
  }

  static async open(stateFolder: string): Promise<Backups> {
    const folder = join(stateFolder, 'backups');
    await mkdir(folder, { recursive: true });
    await removeRemains(folder);
    return new Backups(folder, await ownIdentity());
  }

  /** @throws E_FILE_WRITE */
  async keep(window: object, backup: Backup): Promise<void> {
    this.#owners.set(backup.id, window);
    await this.#inTurn(backup.id, () => this.#write({ owner: this.#self, at: Date.now(), backup }));
  }

  async drop(id: string): Promise<void> {
    this.#owners.delete(id);
    await this.#inTurn(id, () => rm(this.#fileOf(id), { force: true }));
  }

  /** The work that no window holds; from now on it is this window's. */
  async offer(window: object): Promise<(Backup & { at: number })[]> {
    const offered: (Backup & { at: number })[] = [];
    for (const name of await readdir(this.#folder)) {
      const stored = name.endsWith('.json') ? await this.#read(join(this.#folder, name)) : null;
      if (stored === null || (await this.#isHeld(stored, window))) continue;
      this.#owners.set(stored.backup.id, window);
      await this.#inTurn(stored.backup.id, () => this.#write({ ...stored, owner: this.#self }));
      offered.push({ ...stored.backup, at: stored.at });
    }
    return offered.sort((a, b) => b.at - a.at);
  }

  /** The window has closed: what it did not drop is for the next one. */
  async release(window: object): Promise<void> {
    const ids = [...this.#owners].filter(([, owner]) => owner === window).map(([id]) => id);
    for (const id of ids) {
      this.#owners.delete(id);
      await this.#inTurn(id, async () => {
        const stored = await this.#read(this.#fileOf(id));
        if (stored !== null) await this.#write({ ...stored, owner: null });
      });
    }
  }

  async #isHeld({ owner, backup }: Stored, asking: object): Promise<boolean> {
    const holder = this.#owners.get(backup.id);
    if (holder !== undefined) return holder !== asking;
    if (owner === null || owner.pid === this.#self.pid) return false;
    return isRunning(owner);
  }

  /** Null for what is not there. A damaged one is put aside: nothing of it can be shown. */
  async #read(path: string): Promise<Stored | null> {
    try {
      return form.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      await rename(path, `${path}.damaged`);
      return null;
    }
  }

  #write(stored: Stored): Promise<void> {
    return writeFile(this.#fileOf(stored.backup.id), Buffer.from(JSON.stringify(stored)));
  }

  async #inTurn(id: string, act: () => Promise<void>): Promise<void> {
    // Whether the turn before succeeded is told to who asked for it.
    const turn = (this.#turns.get(id) ?? Promise.resolve()).catch(() => {}).then(act);
    this.#turns.set(id, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  /** An id may hold anything. */
  #fileOf(id: string): string {
    return join(this.#folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);
  }
}

/** What a process that was killed while it wrote a backup has left; another one may be writing now. */
async function removeRemains(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.tmp')) continue;
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written !== null && Date.now() - written.mtimeMs > REMAINS_AFTER) await rm(path, { force: true });
  }
}
