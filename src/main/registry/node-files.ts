import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file that should define one node: `category/name.ts`, or `category/name@1.ts` for a version that is kept. */
export interface NodeFile {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** `category/name`: what the node in it must be called. */
  readonly type: string;
  /** The version that the file's name states; null when it states none. */
  readonly version: number | null;
  /** Changes whenever the file does. */
  readonly stamp: string;
}

const CATEGORY = /^[a-z][a-z0-9-]*$/;
const FILE = /^(?<name>[a-z][a-z0-9-]*)(?:@(?<version>[1-9]\d*))?\.(?:ts|js)$/;

/**
 * The node files of a folder, sorted by path. Anything else in it is left alone, so that code shared by several nodes
 * may lie in a folder one level further down or under a name that begins with `_`.
 * @throws the file system's error when `folder` cannot be read.
 */
export function findNodeFiles(folder: string): NodeFile[] {
  const files: NodeFile[] = [];
  for (const category of readdirSync(folder).sort()) {
    if (!CATEGORY.test(category)) continue;
    const inside = join(folder, category);
    if (!statSync(inside, { throwIfNoEntry: false })?.isDirectory()) continue;
    for (const entry of readdirSync(inside).sort()) {
      const parts = FILE.exec(entry)?.groups;
      if (parts === undefined) continue;
      const path = withoutLinks(join(inside, entry));
      files.push({
        path,
        type: `${category}/${parts.name}`,
        version: parts.version === undefined ? null : Number(parts.version),
        stamp: stampOf(path),
      });
    }
  }
  return files;
}

/** Time and size of a file: far cheaper than its digest, and what every build tool trusts. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.mtimeMs}-${stat.size}`;
}

/** A link that leads nowhere stays as it is, to be named when the file is loaded. */
function withoutLinks(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
