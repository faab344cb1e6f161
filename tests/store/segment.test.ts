import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Arena } from '../../src/main/store/arena.ts';
import { HeapBacking, MemoryFileBacking } from '../../src/main/store/backing.ts';
import { NamedBacking, sweepNames } from '../../src/main/store/named-backing.ts';
import { openSegment, type SegmentLocation } from '../../src/main/store/segment.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { script, start } from './child-process.ts';

const MIB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'weft-store-test-'));
const linux = process.platform === 'linux';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const backings = [
  ...(linux ? [{ name: 'a memory file', backing: () => new MemoryFileBacking() }] : []),
  { name: 'named memory', backing: () => new NamedBacking(join(folder, 'names')) },
];

describe.each(backings)('a segment over $name', ({ backing }) => {
  test('is the same memory in another process, both ways', async () => {
    const arena = new Arena(new SegmentPool({ backing: backing() }), { budgetBytes: 1024 * MIB });
    arena.allocate(1000);
    const slab = arena.allocate(3 * 640 * 640 * 4);
    const tensor = new Float32Array(slab.buffer, slab.byteOffset, 3 * 640 * 640).fill(0.5);
    const request = { location: slab.segment.shared?.location, offset: slab.offset, count: tensor.length };

    const child = start(process.execPath, [script('answer-in-segment.ts'), JSON.stringify(request)]);
    expect(await child.line()).toBe(String(tensor.length / 2));
    expect(await child.ended).toBe(0);
    expect(tensor.every((number) => number === 1)).toBe(true);
  });
});

test('opening a segment whose owner has ended is an error', async () => {
  const child = start(process.execPath, [script('hold-arena.ts'), 'named', join(folder, 'ended')]);
  const location: SegmentLocation = JSON.parse(await child.line());
  child.process.stdin.write('end\n');
  expect(await child.ended).toBe(0);
  expect(() => openSegment(location)).toThrow('shm_open failed with ENOENT');
});

describe('a process killed with -9', () => {
  test.runIf(linux)('leaves nothing of a memory file behind', async () => {
    const child = start(process.execPath, [script('hold-arena.ts'), 'file']);
    const location: SegmentLocation = JSON.parse(await child.line());
    expect(existsSync(location.at)).toBe(true);
    const { pid } = child.process;
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    expect(existsSync(location.at)).toBe(false);
    expect(readdirSync('/dev/shm').filter((name) => name.includes(`weft-${pid}`))).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('weft-') && name.includes(`${pid}`))).toEqual([]);
  });

  test('leaves a name, which the next process sweeps', async () => {
    const names = join(folder, 'killed');
    const child = start(process.execPath, [script('hold-arena.ts'), 'named', names]);
    const location: SegmentLocation = JSON.parse(await child.line());
    sweepNames(names);
    openSegment(location);
    child.process.kill('SIGKILL');
    await child.ended;
    openSegment(location);
    new NamedBacking(names);
    expect(() => openSegment(location)).toThrow('ENOENT');
    expect(readdirSync(names)).toEqual([]);
  });
});

test('a process that ends by itself removes its names', async () => {
  const names = join(folder, 'exit');
  const child = start(process.execPath, [script('hold-arena.ts'), 'named', names]);
  const location: SegmentLocation = JSON.parse(await child.line());
  expect(readFileSync(join(names, String(child.process.pid)), 'utf8')).toBe(`${location.at}\n`);
  child.process.stdin.write('end\n');
  expect(await child.ended).toBe(0);
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
