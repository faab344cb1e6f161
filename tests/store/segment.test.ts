import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HeapBacking } from '../../src/main/store/backing.ts';
import { NamedBacking, sweepNames } from '../../src/main/store/named-backing.ts';
import { openSegment, type SegmentLocation } from '../../src/main/store/segment.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { script, start } from './child-process.ts';

const MIB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'weft-store-test-'));
const linux = process.platform === 'linux';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that owns an arena with a slab of numbers. */
async function startOwner(kind: 'file' | 'named', names = '') {
  const owner = start(process.execPath, [script('hold-arena.ts'), kind, names]);
  const told: { location: SegmentLocation; offset: number; count: number } = JSON.parse(await owner.line());
  return { ...told, owner };
}

test.each(linux ? (['file', 'named'] as const) : (['named'] as const))(
  'a segment (%s) is the same memory in two processes, both ways',
  async (kind) => {
    const { owner, location, offset, count } = await startOwner(kind, join(folder, 'shared'));
    const { buffer, start: begin } = openSegment(location);
    const numbers = new Float32Array(buffer, begin + offset, count);
    expect(numbers.every((number) => number === 0.5)).toBe(true);
    numbers.fill(2);
    owner.process.stdin.write('sum\n');
    expect(await owner.line()).toBe(String(2 * count));
    owner.process.stdin.write('end\n');
    expect(await owner.ended).toBe(0);
  },
);

test('opening a segment whose owner has ended is an error', async () => {
  const { owner, location } = await startOwner('named', join(folder, 'ended'));
  owner.process.stdin.write('end\n');
  expect(await owner.ended).toBe(0);
  expect(() => openSegment(location)).toThrow('shm_open failed with ENOENT');
});

describe('a process killed with -9', () => {
  test.runIf(linux)('leaves nothing of a memory file behind', async () => {
    const { owner, location } = await startOwner('file');
    expect(existsSync(location.at)).toBe(true);
    const { pid } = owner.process;
    owner.process.kill('SIGKILL');
    expect(await owner.ended).toBe('SIGKILL');
    expect(existsSync(location.at)).toBe(false);
    expect(readdirSync('/dev/shm').filter((name) => name.includes(`weft-${pid}`))).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('weft-') && name.includes(`${pid}`))).toEqual([]);
  });

  test('leaves a name, which the next process sweeps', async () => {
    const names = join(folder, 'killed');
    const { owner, location } = await startOwner('named', names);
    sweepNames(names);
    openSegment(location);
    owner.process.kill('SIGKILL');
    await owner.ended;
    openSegment(location);
    new NamedBacking(names);
    expect(() => openSegment(location)).toThrow('ENOENT');
    expect(readdirSync(names)).toEqual([]);
  });
});

test('a damaged list of names removes nothing that is not ours', async () => {
  const names = join(folder, 'damaged');
  const { owner, location } = await startOwner('named', names);
  const [list] = readdirSync(names);
  const deadPid = 2 ** 22 + 1;
  writeFileSync(join(names, `${deadPid}-abc`), `x${location.at}\n${location.at}/\n`);
  writeFileSync(join(names, 'notes.txt'), location.at);
  sweepNames(names);
  openSegment(location);
  expect(readdirSync(names).sort()).toEqual([list, 'notes.txt'].sort());
  owner.process.stdin.write('end\n');
  await owner.ended;
});

test('a process that ends by itself removes its names', async () => {
  const names = join(folder, 'exit');
  const { owner, location } = await startOwner('named', names);
  const [list] = readdirSync(names);
  expect(readFileSync(join(names, list), 'utf8')).toBe(`${location.at}\n`);
  owner.process.stdin.write('end\n');
  expect(await owner.ended).toBe(0);
  expect(() => openSegment(location)).toThrow('ENOENT');
  expect(readdirSync(names)).toEqual([]);
});

test('a /dev/shm of 8 MB gives E_MEMORY and no signal', async ({ skip }) => {
  if (!linux || !mayMount()) {
    console.log('skipped: a small /dev/shm can only be mounted by root on Linux');
    skip();
  }
  const command = 'mount -t tmpfs -o size=8m tmpfs /dev/shm && exec "$0" "$@"';
  const node = [process.execPath, script('fill-arena.ts'), join(folder, 'small')];
  const child = start('unshare', ['-m', 'sh', '-c', command, ...node]);
  expect(JSON.parse(await child.line())).toEqual({ filled: 8, code: 'E_MEMORY' });
  expect(await child.line()).toBe('4 MiB in place of two holes');
  expect(await child.ended).toBe(0);
});

describe('the pool', () => {
  test('hands the segments of an engine that has ended to the next one, empty', () => {
    const pool = new SegmentPool();
    const first = pool.create(10);
    pool.reserve(first.id, 0, 2 * MIB);
    expect(pool.create(10).id).not.toBe(first.id);
    new Uint8Array(first.buffer, first.start, 10).fill(1);
    pool.reclaim();
    const again = pool.create(10);
    expect(again).toBe(first);
    if (linux) expect(new Uint8Array(again.buffer, again.start, 10)).toEqual(new Uint8Array(10));
  });

  test('refuses with E_MEMORY what the system cannot give', () => {
    const pool = new SegmentPool({ backing: new HeapBacking('test') });
    expect(() => pool.create(2 ** 52)).toThrow(expect.objectContaining({ code: 'E_MEMORY' }));
  });
});

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/dev/shm'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
