import { totalmem } from 'node:os';
import { describe, expect, test } from 'vitest';
import { Arena, type ArenaOptions } from '../../src/main/store/arena.ts';
import { HeapBacking } from '../../src/main/store/backing.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import type { Slab } from '../../src/main/store/slab.ts';

const MIB = 2 ** 20;

/** One pool for all tests: shared segments live until the process ends. */
const pool = new SegmentPool();

function open(options: Partial<ArenaOptions> = {}): Arena {
  pool.reclaim();
  return new Arena(pool, { budgetBytes: 1024 * MIB, ...options });
}

function bytesOf(slab: Slab): Uint8Array {
  return new Uint8Array(slab.buffer, slab.byteOffset, slab.length);
}

const error = (code: string) => expect.objectContaining({ code });

describe('slabs', () => {
  test('are aligned to 64 bytes and do not overlap', () => {
    const arena = open();
    const slabs = [1, 63, 64, 65, 4096, 5_000_000].map((bytes) => arena.allocate(bytes));
    slabs.forEach((slab, i) => {
      bytesOf(slab).fill(i + 1);
    });
    slabs.forEach((slab, i) => {
      expect(slab.offset % 64).toBe(0);
      expect(bytesOf(slab).every((byte) => byte === i + 1)).toBe(true);
    });
  });

  test('are found from any view into them, and from no view off the arena', () => {
    const arena = open();
    const [first, second] = [arena.allocate(100_000), arena.allocate(100_000)];
    expect(arena.slabOf(bytesOf(first))).toBe(first);
    expect(arena.slabOf(bytesOf(second).subarray(99_999))).toBe(second);
    expect(arena.slabOf(new Float32Array(second.buffer, second.byteOffset + 50_000, 1))).toBe(second);
    expect(arena.slabOf(new Float32Array(8))).toBeUndefined();
  });

  test('may have no bytes', () => {
    const arena = open();
    const slab = arena.allocate(0);
    expect(arena.slabOf(bytesOf(slab))).toBe(slab);
    arena.release(slab);
    expect(arena.stats()).toMatchObject({ liveBytes: 0, slabs: 0 });
  });

  test('of an impossible size are refused', () => {
    for (const bytes of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => open().allocate(bytes)).toThrow(RangeError);
    }
  });

  test('live until their last holder releases them', () => {
    const arena = open();
    const slab = arena.allocate(1000);
    arena.retain(slab);
    arena.release(slab);
    expect(arena.stats()).toMatchObject({ liveBytes: 1024, slabs: 1 });
    arena.release(slab);
    expect(arena.stats()).toMatchObject({ liveBytes: 0, peakBytes: 1024, slabs: 0 });
    expect(() => arena.release(slab)).toThrow(error('E_STALE_HANDLE'));
    expect(() => arena.retain(slab)).toThrow(error('E_STALE_HANDLE'));
  });

  test('are filled with 0xDB when they are freed and poison is on', () => {
    const arena = open({ poison: true });
    const slab = arena.allocate(1000);
    const view = bytesOf(slab).fill(1);
    arena.release(slab);
    expect(view.every((byte) => byte === 0xdb)).toBe(true);
    expect(() => arena.slabOf(view)).toThrow(error('E_STALE_HANDLE'));
  });

  test('larger than a segment get a segment of their own size', () => {
    const arena = open();
    const slab = arena.allocate(150 * MIB);
    bytesOf(slab)[150 * MIB - 1] = 9;
    expect(slab.segment.bytes).toBeGreaterThanOrEqual(150 * MIB);
    arena.release(slab);
  });
});

describe('handles', () => {
  test('lead to the slab they were made for', () => {
    const arena = open();
    const slab = arena.allocate(100);
    expect(arena.resolve(structuredClone(arena.handleOf(slab)))).toBe(slab);
  });

  test('are refused when their slab was freed, also after another took its place', () => {
    const arena = open();
    const slab = arena.allocate(100);
    const handle = arena.handleOf(slab);
    arena.release(slab);
    expect(() => arena.resolve(handle)).toThrow(error('E_STALE_HANDLE'));
    const next = arena.allocate(100);
    expect(next.offset).toBe(handle.offset);
    expect(() => arena.resolve(handle)).toThrow(error('E_STALE_HANDLE'));
  });

  test('of a segment that does not exist are refused', () => {
    const handle = { segment: 99, offset: 0, length: 1, generation: 1 };
    expect(() => open().resolve(handle)).toThrow(error('E_STALE_HANDLE'));
  });
});

describe('a lent slab', () => {
  test('stays in quarantine after its last holder has gone, until every loan has ended', () => {
    const arena = open({ poison: true });
    const slab = arena.allocate(1000);
    const view = bytesOf(slab).fill(1);
    const [first, second] = [arena.lend(slab), arena.lend(slab)];
    arena.release(slab);
    first.end();
    first.end();
    expect(arena.stats()).toMatchObject({ slabs: 1, loans: 1, liveBytes: 1024 });
    // A late write of the isolate hits memory that nobody else has.
    const other = arena.allocate(1000);
    view.fill(2);
    expect(other.offset).not.toBe(slab.offset);
    expect(() => arena.resolve(arena.handleOf(slab))).toThrow(error('E_STALE_HANDLE'));
    expect(() => arena.retain(slab)).toThrow(error('E_STALE_HANDLE'));
    second.end();
    expect(arena.stats()).toMatchObject({ slabs: 1, loans: 0 });
    expect(view[0]).toBe(0xdb);
  });

  test('that is still held outlives its loan', () => {
    const arena = open();
    const slab = arena.allocate(1000);
    arena.lend(slab).end();
    expect(arena.resolve(arena.handleOf(slab))).toBe(slab);
  });
});

describe('the budget', () => {
  test('is half of the memory unless it is set', () => {
    const { budgetBytes } = new Arena(pool);
    expect(budgetBytes).toBeGreaterThan(0);
    expect(budgetBytes).toBeLessThanOrEqual(totalmem() / 2);
  });

  test('refuses with E_MEMORY what would exceed it', () => {
    const arena = open({ budgetBytes: 10 * MIB });
    const slab = arena.allocate(8 * MIB);
    expect(() => arena.allocate(4 * MIB)).toThrow(error('E_MEMORY'));
    arena.release(slab);
    arena.allocate(4 * MIB);
  });

  test('asks for room as often as something can be freed', () => {
    const cached: Slab[] = [];
    const asked: number[] = [];
    const arena = open({
      budgetBytes: 10 * MIB,
      onPressure: (bytes) => {
        asked.push(bytes);
        const oldest = cached.shift();
        if (oldest !== undefined) arena.release(oldest);
        return oldest !== undefined;
      },
    });
    for (let i = 0; i < 5; i++) cached.push(arena.allocate(2 * MIB));
    arena.allocate(4 * MIB);
    expect(asked).toEqual([4 * MIB, 2 * MIB]);
    expect(cached).toHaveLength(3);
    expect(() => arena.allocate(11 * MIB)).toThrow(error('E_MEMORY'));
    expect(cached).toHaveLength(0);
  });

  test('of the pool is kept too', () => {
    const small = new SegmentPool({ limitBytes: 64 * MIB, backing: new HeapBacking('test') });
    const arena = new Arena(small, { budgetBytes: 1024 * MIB });
    arena.allocate(40 * MIB);
    expect(() => arena.allocate(40 * MIB)).toThrow(error('E_MEMORY'));
    arena.allocate(20 * MIB);
  });
});

describe('memory of the system', () => {
  test('is taken as slabs need it and given back by trim', () => {
    const arena = open();
    const slab = arena.allocate(5 * MIB);
    expect(arena.stats().reservedBytes).toBe(6 * MIB);
    const other = arena.allocate(20 * MIB);
    arena.release(other);
    expect(arena.stats().reservedBytes).toBeGreaterThanOrEqual(25 * MIB);
    arena.trim();
    expect(arena.stats().reservedBytes).toBe(6 * MIB);
    arena.release(slab);
    arena.trim();
    expect(arena.stats().reservedBytes).toBe(0);
  });

  test('is usable again after it was given back', () => {
    const arena = open();
    const slab = arena.allocate(5 * MIB);
    bytesOf(slab).fill(1);
    arena.release(slab);
    arena.trim();
    const next = arena.allocate(5 * MIB);
    expect(bytesOf(next).fill(2).at(-1)).toBe(2);
  });

  test('goes back by itself when much less is needed than before', () => {
    const arena = open();
    arena.release(arena.allocate(500 * MIB));
    for (let i = 0; i < 1000; i++) arena.release(arena.allocate(MIB));
    expect(arena.stats().reservedBytes).toBeLessThan(10 * MIB);
  });

  test('stays at one level over 10,000 pictures', () => {
    const arena = open();
    const inFlight: Slab[] = [];
    for (let i = 0; i < 10_000; i++) {
      inFlight.push(arena.allocate(1_228_800 + (i % 7) * 4096));
      if (inFlight.length > 8) arena.release(inFlight.splice(i % 8, 1)[0]);
    }
    expect(arena.stats().reservedBytes).toBeLessThanOrEqual(40 * MIB);
    for (const slab of inFlight) arena.release(slab);
    expect(arena.stats().liveBytes).toBe(0);
  });
});

test('an arena without shared memory works the same and says why it copies', () => {
  const arena = new Arena(new SegmentPool({ backing: new HeapBacking('no koffi') }), { budgetBytes: 64 * MIB });
  const slab = arena.allocate(1000);
  expect(arena.slabOf(bytesOf(slab).fill(1))).toBe(slab);
  expect(slab.segment.shared).toBeNull();
  expect(arena.stats().sharing).toBe('copy: no koffi');
});
