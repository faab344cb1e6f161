import { copyFile, link, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { throughNeighbour } from '../engine/through-neighbour.ts';

/**
 * Puts new content in the place of a file, whole or not at all, also when the power fails: a temporary neighbour is
 * written and synced, and takes the name in one step. Rights and owner stay; what was there before is kept beside it
 * (`previousVersion`).
 * @param mayReplace called when all is ready, right before the file changes; what it throws leaves the old one
 * @throws what the file system says, with nothing left behind
 */
export async function replaceFile(path: string, content: Uint8Array, mayReplace: () => Promise<void>): Promise<void> {
  await throughNeighbour(path, async (neighbour) => {
    await writeSynced(neighbour, content, await stat(path).catch(nullIfMissing));
    await mayReplace();
    await keepPrevious(path);
  });
  await syncFolder(dirname(path));
}

/** The hidden file that holds what `path` held before it was last written. */
export function previousVersion(path: string): string {
  return join(dirname(path), `.${basename(path)}.previous`);
}

interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function writeSynced(path: string, content: Uint8Array, rights: Rights | null): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    if (rights !== null) {
      const own = await file.stat();
      // Only an administrator may give files away; one who may write to another's file without being that is no owner.
      if (own.uid !== rights.uid || own.gid !== rights.gid) await file.chown(rights.uid, rights.gid).catch(ifForbidden);
      await file.chmod(rights.mode & 0o7777);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A second name for the old content costs no space; where a file system has no links it is copied. */
async function keepPrevious(path: string): Promise<void> {
  const copyTo = (neighbour: string) =>
    link(path, neighbour).catch((error) => (isMissing(error) ? Promise.reject(error) : copyFile(path, neighbour)));
  await throughNeighbour(previousVersion(path), copyTo).catch(nullIfMissing);
}

/** Windows cannot open folders, and writes names through by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

function ifForbidden(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
