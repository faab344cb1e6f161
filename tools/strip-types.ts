import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

/** What runs outside the page; it stays file by file, since nodes, threads and isolates are found by their paths. */
const CODE = ['nodes/**/*.ts', 'src/main/**/*.ts', 'src/preload/channels.ts', 'src/shared/**/*.ts'];

/** A module that is named with its file: `'./plan.ts'`, in an import or in a `new URL`. */
const MODULE = /(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g;

/** Writes the code of the checkout in `root` to `folder` as JavaScript, in the same layout; what was there goes. */
export async function stripTypes(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const file of globSync(CODE, { cwd: root })) {
    const source = await readFile(join(root, file), 'utf8');
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, stripTypeScriptTypes(source).replace(MODULE, '$1$2.js$1'));
  }
}
