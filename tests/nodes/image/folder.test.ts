import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import folderNode from '../../../nodes/image/folder.ts';
import { HeapContext, itemsOf, withDefaults } from '../node-context.ts';
import { refusal } from './pictures.ts';

type Item = { path: string; name: string; index: number };

async function folderWith(ctx: HeapContext, files: readonly string[]): Promise<string> {
  const folder = await ctx.temporaryFolder();
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

test('pictures come in the natural order of their names, other files do not come', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['b10.jpg', 'b9.PNG', 'a.webp', 'notes.txt', '.hidden.jpg', 'inside/c.jpg']);
  expect(await itemsOf<Item>(folderNode, { folder }, ctx)).toEqual([
    { path: join(folder, 'a.webp'), name: 'a', index: 0 },
    { path: join(folder, 'b9.PNG'), name: 'b9', index: 1 },
    { path: join(folder, 'b10.jpg'), name: 'b10', index: 2 },
  ]);
  expect(ctx.fingerprinted).toEqual([folder]);
});

test('folders inside are gone through when asked, and are part of the name', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['cats/tom.jpg', 'cats/old/felix.jpg', 'dog.jpg']);
  const names = (await itemsOf<Item>(folderNode, { folder, recursive: true })).map(({ name }) => name);
  expect(names.sort()).toEqual(['cats/old/felix', 'cats/tom', 'dog']);
});

test('a pattern chooses files, whatever their case', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['left_1.JPG', 'right_1.jpg', 'left_2.jpg']);
  const names = (await itemsOf<Item>(folderNode, { folder, pattern: 'LEFT_*' })).map(({ name }) => name);
  expect(names).toEqual(['left_1', 'left_2']);
});

test('the number of items is known beforehand', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['1.jpg', '2.jpg', '3.txt']);
  if (!('source' in folderNode)) expect.fail('image/folder is a source.');
  expect(folderNode.count?.(withDefaults(folderNode, { folder }))).toBe(2);
});

test('a folder without pictures gives no items and says so', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['notes.txt']);
  expect(await itemsOf(folderNode, { folder }, ctx)).toEqual([]);
  expect(ctx.logged).toMatchObject([{ level: 'warning' }]);
});

test('a missing folder and a file in its place each say what to do', async () => {
  await using ctx = new HeapContext();
  const folder = await folderWith(ctx, ['a.jpg']);
  await refusal(itemsOf(folderNode, { folder: join(folder, 'none') }), 'E_FILE_MISSING');
  const error = await refusal(itemsOf(folderNode, { folder: join(folder, 'a.jpg') }), 'E_FILE_READ');
  expect(error.message).toContain('image/read');
});
