import { isAbsolute, resolve } from 'node:path';

/** A path in a graph as an absolute one; an empty path stays empty. */
export function absolutePath(path: string, folder: string): string {
  return path === '' || isAbsolute(path) ? path : resolve(folder, path);
}
