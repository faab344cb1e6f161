import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSignatures } from '../../src/main/registry/indexing.ts';

const GOOD = `import { defineNode } from 'weft';
console.log('loaded');
export default defineNode({
  type: 'mine/good', version: 1, title: 'Good', summary: 'Fine.', inputs: {}, outputs: {}, run: () => ({}),
});`;

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-indexing-')));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that never ends loading costs only itself; those before and after it are read', async () => {
  const files = [file('good', GOOD), file('endless', 'while (true);'), file('good', GOOD)];
  const replies = await readSignatures({ files, personalFolders: [folder] }, 2000);
  expect(replies).toMatchObject([
    { signature: { id: 'mine/good@1' } },
    {
      path: files[1].path,
      report: { code: 'E_NODE_LOAD', message: expect.stringContaining('did not finish loading') },
    },
    { signature: { id: 'mine/good@1' } },
  ]);
});

test('an error that a file causes later, outside its import, does not pass for another file’s', async () => {
  const late = "setImmediate(() => { throw new Error('late'); });\nawait new Promise((r) => setTimeout(r, 50));";
  const replies = await readSignatures({ files: [file('late', late)], personalFolders: [folder] });
  expect(replies).toMatchObject([{ report: { code: 'E_NODE_LOAD', message: expect.stringContaining('"late"') } }]);
});

function file(name: string, source: string) {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, source);
  return { path, type: `mine/${name}`, version: null, stamp: '1' };
}
