import { basename, join, resolve, sep } from 'node:path';
import { writeFile } from '../engine/write-file.ts';
import { versionOf } from './file-version.ts';

/** Where files that were dropped on a window are kept: those of a browser have no path. */
export function droppedFilesFolder(stateFolder: string): string {
  return join(stateFolder, 'dropped');
}

/** Whether the path is that of a copy: the person's own file lies elsewhere. */
export function isDroppedFile(stateFolder: string, path: string): boolean {
  return resolve(path).startsWith(`${resolve(droppedFilesFolder(stateFolder))}${sep}`);
}

/**
 * Keeps a dropped file under its name, in a folder of its content: the same file dropped again is the same path.
 * @throws E_FILE_WRITE
 */
export async function keepDroppedFile(stateFolder: string, name: string, content: Uint8Array): Promise<string> {
  const folder = join(droppedFilesFolder(stateFolder), versionOf(content).slice(0, 16));
  const path = join(folder, plainName(name));
  await writeFile(path, content);
  return path;
}

/** The name without what a file system or a shell could take for something else. */
function plainName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    .slice(-100)
    .replace(/^\.+/, '');
  return plain === '' ? 'file' : plain;
}
