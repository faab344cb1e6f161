import { describe, expect, test } from 'vitest';
import { ALIGNMENT, type Block, OffsetAllocator } from '../../src/main/store/offset-allocator.ts';

const MIB = 2 ** 20;

describe('the offset allocator', () => {
  test('gives aligned blocks, the lowest first, and null when nothing is long enough', () => {
    const allocator = new OffsetAllocator(1024);
    expect(allocator.allocate(1)).toMatchObject({ offset: 0, bytes: 64 });
    expect(allocator.allocate(65)).toMatchObject({ offset: 64, bytes: 128 });
    expect(allocator.allocate(1024)).toBeNull();
    expect(allocator.allocate(832)).toMatchObject({ offset: 192, bytes: 832 });
    expect(allocator.allocate(1)).toBeNull();
  });

  test('gives a block for nothing, so that an empty tensor has a place too', () => {
    expect(new OffsetAllocator(1024).allocate(0)).toMatchObject({ offset: 0, bytes: ALIGNMENT });
  });

  test('finds a space that fits exactly, whatever its size', () => {
    for (let units = 1; units < 3000; units += 7) {
      const allocator = new OffsetAllocator(units * ALIGNMENT);
      expect(allocator.allocate(units * ALIGNMENT)?.bytes).toBe(units * ALIGNMENT);
    }
  });

  test('merges a freed block with both neighbours', () => {
    const allocator = new OffsetAllocator(MIB);
    const [a, b, c] = [allocate(allocator, 100), allocate(allocator, 200), allocate(allocator, 300)];
    allocator.free(a);
    allocator.free(c);
    expect([...allocator.freeRanges()]).toHaveLength(2);
    allocator.free(b);
    expect([...allocator.freeRanges()]).toMatchObject([{ offset: 0, bytes: MIB }]);
  });

  test('refuses to free a block twice', () => {
    const allocator = new OffsetAllocator(MIB);
    const block = allocate(allocator, 100);
    allocator.free(block);
    expect(() => allocator.free(block)).toThrow('not allocated');
  });

  test('in a million random operations no blocks overlap, none leak, and all merge in the end', () => {
    const space = 16 * MIB;
    const random = mulberry32(20261120);
    const allocator = new OffsetAllocator(space);
    const taken = new Uint8Array(space / ALIGNMENT);
    const live: Block[] = [];
    let liveBytes = 0;
    let refused = 0;
    for (let operation = 0; operation < 1_000_000; operation++) {
      // Long spells of growing and of shrinking, so that the space is full at times and nearly empty at others.
      const growing = Math.floor(operation / 20_000) % 2 === 0;
      if (live.length === 0 || random() < (growing ? 0.6 : 0.4)) {
        const block = allocator.allocate(Math.floor(2 ** (random() * 19)));
        if (block === null) {
          refused++;
          continue;
        }
        const [from, to] = units(block);
        if (taken.subarray(from, to).includes(1)) expect.fail(`operation ${operation} gave a block that is in use`);
        taken.fill(1, from, to);
        live.push(block);
        liveBytes += block.bytes;
      } else {
        const index = Math.floor(random() * live.length);
        const block = live[index];
        live[index] = live[live.length - 1];
        live.pop();
        taken.fill(0, ...units(block));
        liveBytes -= block.bytes;
        allocator.free(block);
      }
      if (operation % 50_000 === 0) expect(freeBytes(allocator) + liveBytes).toBe(space);
    }
    expect(refused).toBeGreaterThan(0);
    for (const block of live) allocator.free(block);
    expect([...allocator.freeRanges()]).toMatchObject([{ offset: 0, bytes: space }]);
  });
});

function allocate(allocator: OffsetAllocator, bytes: number): Block {
  const block = allocator.allocate(bytes);
  if (block === null) throw new Error(`no space for ${bytes} bytes`);
  return block;
}

function units({ offset, bytes }: Block): [from: number, to: number] {
  return [offset / ALIGNMENT, (offset + bytes) / ALIGNMENT];
}

function freeBytes(allocator: OffsetAllocator): number {
  let sum = 0;
  for (const { bytes } of allocator.freeRanges()) sum += bytes;
  return sum;
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
