import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Electron's program; null where it has not been downloaded. The package itself is not asked, since it would download it:
 * `index.js` of `electron` does so when its `path.txt` is absent.
 */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const note = join(folder, 'path.txt');
  const { ELECTRON_OVERRIDE_DIST_PATH: dist = join(folder, 'dist') } = process.env;
  const name = existsSync(note) ? readFileSync(note, 'utf8') : 'electron';
  const program = join(dist, name);
  return existsSync(program) ? program : null;
}
