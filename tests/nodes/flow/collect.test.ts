import { describe, expect, test } from 'vitest';
import collect from '../../../nodes/flow/collect.ts';
import { HeapContext } from '../node-context.ts';

async function collected(values: unknown[], ctx = new HeapContext()) {
  if (!('collect' in collect)) throw new Error('flow/collect is no fold.');
  const fold = await collect.collect({}, ctx);
  for (const value of values) await fold.add({ value }, ctx);
  return fold.result(ctx);
}

describe('flow/collect', () => {
  test('gives the very items in their order, and their count', async () => {
    const object = {};
    const result = await collected([3, object, 1]);
    expect(result).toEqual({ list: [3, object, 1], count: 3 });
    expect((result as { list: unknown[] }).list[1]).toBe(object);
  });

  test('an empty stream gives an empty list', async () => {
    expect(await collected([])).toEqual({ list: [], count: 0 });
  });

  test('holds every item until it has given the list', async () => {
    const ctx = new HeapContext();
    const items = [new Float32Array(1), new Float32Array(2)];
    await collected(items, ctx);
    expect([...ctx.kept]).toEqual(items);
  });

  test('two runs share nothing', async () => {
    await collected([1]);
    expect(await collected([2])).toEqual({ list: [2], count: 1 });
  });
});
