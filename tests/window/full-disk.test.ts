import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const SCRIPT = resolve('tests/window/save-graph.ts');
const GRAPH = '{\n  "weft": 1,\n  "name": "Precious",\n  "nodes": []\n}\n';

test('a full disk: the old file stays, nothing is left behind, one sentence says why', ({ skip }) => {
  if (!mayMount()) return skipped(skip);
  expect(saveIn('mount -t tmpfs -o size=128k tmpfs')).toEqual({
    outcome: { code: 'E_FILE_WRITE', message: expect.stringMatching(/graph\.weft\.json.*ENOSPC.*make room/) },
    intact: true,
    readOnly: false,
    left: ['graph.weft.json'],
  });
});

test('a disk without room for one more name: the same', ({ skip }) => {
  if (!mayMount()) return skipped(skip);
  // The root folder and the graph.
  expect(saveIn('mount -t tmpfs -o size=10m,nr_inodes=2 tmpfs')).toMatchObject({
    outcome: { code: 'E_FILE_WRITE' },
    intact: true,
    left: ['graph.weft.json'],
  });
});

test('a disk that can only be read: said when the file is opened, and again when it is saved', ({ skip }) => {
  if (!mayMount()) return skipped(skip);
  expect(saveIn('mount -t tmpfs tmpfs', 'mount -o remount,ro')).toEqual({
    outcome: { code: 'E_FILE_WRITE', message: expect.stringContaining('EROFS') },
    intact: true,
    readOnly: true,
    left: ['graph.weft.json'],
  });
});

test('a limit on the size of files: the old file stays', ({ skip }) => {
  if (process.platform !== 'linux') return skipped(skip);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'graph.weft.json'), GRAPH);
  const limited = ['--fsize=100000', process.execPath, SCRIPT, join(folder, 'graph.weft.json'), temporaryFolder()];
  const { stdout } = spawnSync('prlimit', limited, { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: { code: 'E_FILE_WRITE', message: expect.stringContaining('EFBIG') },
    intact: true,
    left: ['graph.weft.json'],
  });
});

/** Saves in a folder that `mount` puts something over, in a view of the disks that no other process has. */
function saveIn(mount: string, after = 'true'): unknown {
  const folder = temporaryFolder();
  const state = temporaryFolder();
  const file = join(folder, 'graph.weft.json');
  const command = `${mount} ${folder} && printf '%s' '${GRAPH}' > ${file} && ${after} ${folder} && exec "$0" "$@"`;
  const args = ['-m', 'sh', '-c', command, process.execPath, SCRIPT, file, state];
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function skipped(skip: () => void): void {
  console.log('skipped: only root on Linux can make such a disk');
  skip();
}
