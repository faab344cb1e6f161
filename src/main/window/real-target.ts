import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where a write to `path` would end: all symbolic links followed, also those that lead to nothing yet, and also where the
 * file and folders above it are not there.
 * @throws what the file system says, such as ELOOP or EACCES
 */
export async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  const folder = dirname(path);
  if (await isLink(path)) return realTarget(resolve(folder, await readlink(path)));
  return join(await realTarget(folder), basename(path));
}

async function isLink(path: string): Promise<boolean> {
  const entry = await lstat(path).catch(() => null);
  return entry?.isSymbolicLink() === true;
}
