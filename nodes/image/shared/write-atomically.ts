import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WeftError } from 'weft';

/**
 * Writes a file whole or not at all: into a neighbour first, which then takes its name. Makes the folder where needed.
 * @throws E_FILE_WRITE, or the signal's reason; neither leaves anything behind.
 */
export async function writeAtomically(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await replace(path, content, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new WeftError(
      'E_FILE_WRITE',
      `${path} could not be written: check the rights and the free space of its folder.`,
      { pin: 'path', cause },
    );
  }
}

async function replace(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
  const neighbour = join(dirname(path), `.weft-${randomUUID()}.tmp`);
  try {
    await writeFile(neighbour, content, { flag: 'wx', flush: true, signal });
    await rename(neighbour, path);
  } catch (cause) {
    await rm(neighbour, { force: true });
    throw cause;
  }
}
