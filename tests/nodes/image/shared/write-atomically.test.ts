import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../../../nodes/image/shared/write-atomically.ts';
import { HeapContext } from '../../node-context.ts';

test('a cancel in the middle of writing removes what was written and keeps the old file', async () => {
  await using ctx = new HeapContext();
  const folder = await ctx.temporaryFolder();
  const path = join(folder, 'a.bin');
  await writeFile(path, 'old');
  const cancel = new AbortController();
  const reason = new Error('stopped');
  const writing = writeAtomically(path, new Uint8Array(128 << 20), cancel.signal);
  while ((await readdir(folder)).length === 1);
  cancel.abort(reason);
  await expect(writing).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual(['a.bin']);
  expect(await readFile(path, 'utf8')).toBe('old');
});

test('a file is replaced whole, in a folder made for it', async () => {
  await using ctx = new HeapContext();
  const path = join(await ctx.temporaryFolder(), 'new/deep/a.bin');
  for (const content of ['first', 'second and longer']) {
    await writeAtomically(path, Buffer.from(content), ctx.signal);
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});
