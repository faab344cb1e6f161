import { describe, expect, test } from 'vitest';
import window from '../../../nodes/flow/window.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { HeapContext, processAll } from '../node-context.ts';

async function lists(count: number, params: Record<string, number>) {
  const items = Array.from({ length: count }, (_, value) => ({ value, ...params }));
  const results = await processAll<{ list: number[] } | typeof SKIP>(window, items);
  return results.flatMap((result) => (result === SKIP ? [] : [result.list]));
}

describe('flow/window', () => {
  test('gives the last items, each time one further', async () => {
    expect(await lists(5, { size: 3 })).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
    ]);
  });

  test('goes on by a step, up to lists that do not overlap, and beyond', async () => {
    expect(await lists(7, { size: 3, step: 2 })).toEqual([
      [0, 1, 2],
      [2, 3, 4],
      [4, 5, 6],
    ]);
    expect(await lists(5, { size: 2, step: 2 })).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(await lists(9, { size: 2, step: 4 })).toEqual([
      [0, 1],
      [4, 5],
    ]);
  });

  test('gives no list that is not full', async () => {
    expect(await lists(4, { size: 5 })).toEqual([]);
  });

  test('holds no more items than its size and the last list', async () => {
    const ctx = new HeapContext();
    if (!('open' in window)) throw new Error('flow/window keeps state.');
    const opened = await window.open({}, ctx);
    for (let k = 0; k < 20; k++) {
      await opened.process({ value: { k }, size: 3, step: 1 }, ctx);
      expect(ctx.kept.size).toBeLessThanOrEqual(3);
    }
  });

  test('holds an item that came twice for as long as one of the two is needed', async () => {
    const ctx = new HeapContext();
    if (!('open' in window)) throw new Error('flow/window keeps state.');
    const opened = await window.open({}, ctx);
    const same = {};
    for (let k = 0; k < 3; k++) await opened.process({ value: same, size: 2, step: 1 }, ctx);
    expect(ctx.kept.has(same)).toBe(true);
  });
});
