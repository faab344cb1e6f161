import { homedir } from 'node:os';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { RESOURCES } from '../registry/folders.ts';
import { realTarget } from './real-target.ts';

export interface AllowedFolder {
  readonly path: string;
  /** For people. */
  readonly name: string;
}

/** The folders whose files a window may name. Links that lead out of them are followed, and refused. */
export class AllowedFolders {
  /** Where a file dialog begins. */
  readonly roots: readonly AllowedFolder[];
  /** Null: everywhere. */
  readonly #folders: readonly string[] | null;

  private constructor(roots: readonly string[], folders: readonly string[] | null) {
    this.roots = [...new Set(roots.map((root) => resolve(root)))].map((path) => ({ path, name: nameOf(path) }));
    this.#folders = folders;
  }

  /** `hidden`: folders of Weft's own, which no file dialog offers. */
  static only(roots: readonly string[], hidden: readonly string[]): AllowedFolders {
    return new AllowedFolders(roots, [...roots, ...hidden]);
  }

  /** Where the person picks files with the system's own dialogs. */
  static everywhere(): AllowedFolders {
    return new AllowedFolders([homedir()], null);
  }

  /**
   * The path, normalized, if it may be used.
   * @throws E_FILE_FORBIDDEN; E_VALUE for what is no absolute path
   */
  async check(path: string): Promise<string> {
    if (!isAbsolute(path) || path.includes('\0')) {
      throw new WeftError('E_VALUE', `${JSON.stringify(path)} is no absolute path: give one.`);
    }
    const absolute = resolve(path);
    if (this.#folders === null || (await isInsideAny(absolute, this.#folders))) return absolute;
    throw new WeftError(
      'E_FILE_FORBIDDEN',
      `${absolute} lies outside the folders that this window may use: start \`weft serve\` with --allow and its folder.`,
    );
  }
}

async function isInsideAny(path: string, folders: readonly string[]): Promise<boolean> {
  // What cannot be followed is not known to lie inside.
  const target = await realTarget(path).catch(() => null);
  if (target === null) return false;
  const real = await Promise.all(folders.map((folder) => realTarget(folder).catch(() => null)));
  return real.some((folder) => folder !== null && isInside(target, folder));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..');
}

function nameOf(path: string): string {
  if (path === homedir()) return 'Home';
  return path === resolve(RESOURCES) ? 'Comes with Weft' : basename(path) || path;
}
