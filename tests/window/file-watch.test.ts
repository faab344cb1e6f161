import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { versionOf } from '../../src/main/window/file-version.ts';
import { FileWatch } from '../../src/main/window/file-watch.ts';
import { temporaryFolder } from './temporary-folder.ts';

const A = version('a');
const B = version('b');

function version(text: string): string {
  return versionOf(Buffer.from(text));
}

async function watched(path: string) {
  const told: [string, string | null][] = [];
  const watch = new FileWatch((file, now) => told.push([file, now]));
  onTestFinished(() => watch.close());
  await watch.knows(path, A);
  return { told, watch };
}

function file(): string {
  const path = join(temporaryFolder(), 'g.weft.json');
  writeFileSync(path, 'a');
  return path;
}

test('a file that is written over is told, with its version', async () => {
  const path = file();
  const { told } = await watched(path);
  writeFileSync(path, 'b');
  await vi.waitFor(() => expect(told).toEqual([[path, B]]), 20_000);
});

test('a file that another takes the place of is told, the second time too', async () => {
  const path = file();
  const { told } = await watched(path);
  for (const text of ['b', 'a']) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
    await vi.waitFor(() => expect(told.at(-1)).toEqual([path, version(text)]), 20_000);
  }
});

test('a file that is removed is told', async () => {
  const path = file();
  const { told } = await watched(path);
  rmSync(path);
  await vi.waitFor(() => expect(told).toEqual([[path, null]]), 20_000);
});

test('what a link leads to is watched', async () => {
  const path = file();
  const folder = join(temporaryFolder(), 'links');
  mkdirSync(folder);
  symlinkSync(path, join(folder, 'link'));
  const { told } = await watched(join(folder, 'link'));
  writeFileSync(path, 'b');
  await vi.waitFor(() => expect(told).toEqual([[join(folder, 'link'), B]]), 20_000);
});

test('a save of the window that takes long is not told, and a change after it is', async () => {
  const path = file();
  const { told, watch } = await watched(path);
  await watch.saving(async () => {
    writeFileSync(path, 'b');
    await new Promise((done) => setTimeout(done, 300));
    return { path, version: B };
  });
  writeFileSync(path, 'c');
  await vi.waitFor(() => expect(told).toEqual([[path, version('c')]]), 20_000);
});

test('neither a save of the window itself, nor the same content again, nor a touch, nor a neighbour is told', async () => {
  const path = file();
  const { told, watch } = await watched(path);
  await watch.knows(path, B);
  writeFileSync(path, 'b');
  writeFileSync(path, 'b');
  utimesSync(path, 1, 1);
  writeFileSync(`${path}.other`, 'c');
  // A change that counts comes after all the others.
  await new Promise((done) => setTimeout(done, 300));
  expect(told).toEqual([]);
  writeFileSync(path, 'c');
  await vi.waitFor(() => expect(told).toEqual([[path, version('c')]]), 20_000);
});
