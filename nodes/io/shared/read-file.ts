import { readFile } from 'node:fs/promises';
import { WeftError } from 'weft';

/**
 * A file that a pin `path` names, whole.
 * @param instead what to do when the path is a folder: `choose a picture in it`.
 * @throws E_FILE_MISSING, E_FILE_READ, or the signal's reason.
 */
export async function readInputFile(path: string, instead: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readFile(path, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    const place = { pin: 'path', cause };
    switch ((cause as NodeJS.ErrnoException).code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new WeftError('E_FILE_MISSING', `There is no file ${path}: correct the path.`, place);
      case 'EISDIR':
        throw new WeftError('E_FILE_READ', `${path} is a folder: ${instead}.`, place);
      default:
        throw new WeftError('E_FILE_READ', `${path} could not be read: check its rights and the disk.`, place);
    }
  }
}
