import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src/{preload,renderer,shared}/**/*', 'electron.vite.config.ts', 'package-lock.json'];

const OUTPUTS = ['out/preload/preload.cjs', 'out/renderer/index.html'];

/** Whether what `npm run build` makes of the checkout in `root` is there and no older than its sources. */
export function isBuilt(root: string): boolean {
  const built = Math.min(...OUTPUTS.map((file) => modifiedAt(join(root, file))));
  const sources = globSync(SOURCES, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  return sources.every(({ parentPath, name }) => modifiedAt(join(parentPath, name)) <= built);
}

/** ms since the epoch; before all time for a file that is not there. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}
