import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Backups } from '../../src/main/window/backups.ts';
import type { Backup } from '../../src/shared/protocol/window-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';

function work(id: string, name = id): Backup {
  return { id, path: null, name, graph: { weft: 1, name, nodes: [{ id: 'a', type: 'x/y@1' }] } };
}

/** Another process that holds the backup `id`; resolves when it is on disk. */
async function holder(state: string, id: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['tests/window/hold-backup.ts', state, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  await once(child.stdout, 'data');
  return child;
}

async function names(backups: Backups, window: object): Promise<string[]> {
  return (await backups.offer(window)).map(({ name }) => name);
}

test('the newest state of the work is what the next start offers', async () => {
  const state = temporaryFolder();
  const before = await Backups.open(state);
  await Promise.all(['one', 'two', 'three'].map((name) => before.keep({}, work('doc', name))));
  const after = await Backups.open(state);
  expect(await after.offer({})).toEqual([{ ...work('doc', 'three'), at: expect.any(Number) }]);
});

test('a window is not offered what another one holds, of this process', async () => {
  const backups = await Backups.open(temporaryFolder());
  const [first, second] = [{}, {}];
  await backups.keep(first, work('doc'));
  expect(await names(backups, second)).toEqual([]);
  await backups.release(first);
  expect(await names(backups, second)).toEqual(['doc']);
});

test('what was offered to a window is its own from then on', async () => {
  const backups = await Backups.open(temporaryFolder());
  await backups.keep({}, work('doc'));
  const [window] = [{}];
  const left = {};
  await backups.keep(left, work('doc'));
  await backups.release(left);
  expect(await names(backups, window)).toEqual(['doc']);
  expect(await names(backups, {})).toEqual([]);
  // Asked again, as a page that was loaded anew.
  expect(await names(backups, window)).toEqual(['doc']);
});

test('what was saved or thrown away is not offered', async () => {
  const state = temporaryFolder();
  const backups = await Backups.open(state);
  const window = {};
  await backups.keep(window, work('doc'));
  await backups.drop('doc');
  await backups.release(window);
  expect(await names(backups, {})).toEqual([]);
  expect(readdirSync(join(state, 'backups'))).toEqual([]);
});

test('a process that lives keeps its backups; killed, it leaves them to the next', async () => {
  const state = temporaryFolder();
  const child = await holder(state, 'doc');
  const backups = await Backups.open(state);
  expect(await names(backups, {})).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await names(backups, {})).toEqual(['doc']);
});

test('a later process with the same id is not taken for the one that died', async ({ skip }) => {
  if (process.platform !== 'linux') {
    console.log('skipped: only Linux tells here when a process began');
    skip();
  }
  const state = temporaryFolder();
  const child = await holder(state, 'doc');
  const [file] = readdirSync(join(state, 'backups')).map((name) => join(state, 'backups', name));
  const stored = JSON.parse(readFileSync(file, 'utf8'));
  expect(stored.owner.pid).toBe(child.pid);
  writeFileSync(file, JSON.stringify({ ...stored, owner: { ...stored.owner, started: '1' } }));
  expect(await names(await Backups.open(state), {})).toEqual(['doc']);
});

test('a damaged backup is put aside, and the others are offered', async () => {
  const state = temporaryFolder();
  const before = await Backups.open(state);
  await before.keep({}, work('good'));
  writeFileSync(join(state, 'backups', 'bad.json'), '{"owner":null,"at":1,"back');
  const after = await Backups.open(state);
  expect(await names(after, {})).toEqual(['good']);
  expect(readdirSync(join(state, 'backups'))).toContain('bad.json.damaged');
});

test('an id leads nowhere but into the folder of backups', async () => {
  const state = temporaryFolder();
  const backups = await Backups.open(state);
  await backups.keep({}, work('../../escaped'));
  expect(readdirSync(state)).toEqual(['backups']);
  expect(readdirSync(join(state, 'backups'))).toHaveLength(1);
});

test('what a process that was killed left of a backup is removed later, and not while another may write it', async () => {
  const state = temporaryFolder();
  const folder = join(state, 'backups');
  await Backups.open(state);
  for (const name of ['old.tmp', 'new.tmp']) writeFileSync(join(folder, name), '{');
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(join(folder, 'old.tmp'), anHourAgo, anHourAgo);
  await Backups.open(state);
  expect(readdirSync(folder)).toEqual(['new.tmp']);
});
