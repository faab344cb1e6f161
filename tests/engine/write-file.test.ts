import { readdir, readFile, writeFile as write } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFile } from '../../src/main/engine/write-file.ts';
import { HeapContext } from '../nodes/node-context.ts';

test('a cancel in the middle of writing removes what was written and keeps the old file', async () => {
  await using ctx = new HeapContext();
  const folder = await ctx.temporaryFolder();
  const path = join(folder, 'a.bin');
  await write(path, 'old');
  const cancel = new AbortController();
  const reason = new Error('stopped');
  const writing = writeFile(path, new Uint8Array(128 << 20), cancel.signal);
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
    await writeFile(path, Buffer.from(content), ctx.signal);
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});

test.runIf(process.platform === 'linux')(
  'a folder that cannot be made is told, also where ENOENT is the answer',
  async () => {
    await expect(writeFile('/proc/nope/deeper/a.bin', Buffer.from('x'))).rejects.toMatchObject({
      code: 'E_FILE_WRITE',
    });
  },
);

test('a file in the place of a folder is told', async () => {
  await using ctx = new HeapContext();
  const file = join(await ctx.temporaryFolder(), 'a');
  await write(file, 'a file');
  await expect(writeFile(join(file, 'b.bin'), Buffer.from('x'))).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
  expect(await readFile(file, 'utf8')).toBe('a file');
});
