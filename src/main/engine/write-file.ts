import { mkdir, stat, writeFile as write } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { throughNeighbour } from './through-neighbour.ts';

/**
 * Writes a file whole or not at all: into a neighbour first, which then takes its name. Makes the folder where needed.
 * @throws E_FILE_WRITE, or the signal's reason; neither leaves anything behind.
 */
export async function writeFile(path: string, content: Uint8Array, signal?: AbortSignal): Promise<void> {
  try {
    await makeFolder(dirname(path));
    await throughNeighbour(path, (neighbour) => write(neighbour, content, { flag: 'wx', flush: true, signal }));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new WeftError(
      'E_FILE_WRITE',
      `${path} could not be written: check the rights and the free space of its folder.`,
      { cause },
    );
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` never comes to an end where a file system answers ENOENT to
 * every new folder, as /proc does (seen with Node 24.21).
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await mkdir(path);
    } else if (!(await stat(path).catch(() => null))?.isDirectory()) {
      throw error;
    }
  }
}
