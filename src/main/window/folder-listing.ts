import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { FolderListing } from '../../shared/protocol/window-calls.ts';
import type { AllowedFolders } from './allowed-folders.ts';

const byName = new Intl.Collator('en', { numeric: true }).compare;

/**
 * What a folder holds, folders first, without what is hidden; the first of the allowed folders for null.
 * @throws E_FILE_FORBIDDEN, E_FILE_MISSING, E_FILE_READ
 */
export async function listFolder(asked: string | null, allowed: AllowedFolders): Promise<FolderListing> {
  const path = await allowed.check(asked ?? allowed.roots[0].path);
  const names = await namesIn(path);
  const described = await Promise.all(names.map((name) => describe(path, name)));
  const entries = described.filter((entry) => entry !== null);
  entries.sort((a, b) => (a.kind === b.kind ? byName(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
  return { path, parent: await parentOf(path, allowed), roots: allowed.roots, entries };
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).filter((name) => !name.startsWith('.'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new WeftError('E_FILE_MISSING', `${path} is not there: choose another folder.`);
    if (code === 'ENOTDIR') throw new WeftError('E_VALUE', `${path} is no folder: choose one.`);
    throw new WeftError('E_FILE_READ', `${path} cannot be read (${code}): check its rights.`, { cause });
  }
}

/** Null for what is neither a folder nor a file, as a link that leads nowhere. */
async function describe(folder: string, name: string): Promise<FolderListing['entries'][number] | null> {
  const entry = await stat(join(folder, name)).catch(() => null);
  if (entry?.isDirectory()) return { name, kind: 'folder', bytes: 0 };
  return entry?.isFile() ? { name, kind: 'file', bytes: entry.size } : null;
}

async function parentOf(path: string, allowed: AllowedFolders): Promise<string | null> {
  const parent = dirname(path);
  if (parent === path) return null;
  return allowed.check(parent).catch(() => null);
}
