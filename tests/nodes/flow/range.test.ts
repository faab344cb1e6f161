import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import range from '../../../nodes/flow/range.ts';
import { itemsOf, withDefaults } from '../node-context.ts';

type Range = { start?: number; stop?: number; step?: number };

async function valuesOf(inputs: Range): Promise<number[]> {
  const items = await itemsOf<{ value: number }>(range, { ...inputs });
  return items.map(({ value }) => value);
}

function countOf(inputs: Range): number | undefined {
  if (!('source' in range)) throw new Error('flow/range is no source.');
  return range.count?.(withDefaults(range, { ...inputs }));
}

describe('flow/range', () => {
  test.each<[Range, number[]]>([
    [{ stop: 3 }, [0, 1, 2]],
    [{ start: 2, stop: 5 }, [2, 3, 4]],
    [{ start: 1, stop: 2, step: 0.25 }, [1, 1.25, 1.5, 1.75]],
    [{ start: 3, stop: 0, step: -1 }, [3, 2, 1]],
    [{ start: 5, stop: 0, step: -2 }, [5, 3, 1]],
    [{ stop: 5, step: 2 }, [0, 2, 4]],
    [{ start: 3, stop: 3 }, []],
    [{ start: 3, stop: 0 }, []],
    [{ start: 0, stop: 3, step: -1 }, []],
  ])('%j counts %j', async (inputs, values) => {
    expect(await valuesOf(inputs)).toEqual(values);
    expect(countOf(inputs)).toBe(values.length);
  });

  test('numbers its items from 0', async () => {
    expect(await itemsOf(range, { start: 5, stop: 7 })).toEqual([
      { value: 5, index: 0 },
      { value: 6, index: 1 },
    ]);
  });

  test('rounding neither adds an item nor loses one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1000 }), (count, hundredths) => {
        const step = hundredths / 100;
        const stop = (count * hundredths) / 100;
        expect(countOf({ stop, step })).toBe(count);
        expect(countOf({ start: stop, stop: 0, step: -step })).toBe(count);
      }),
    );
  });

  test('rounding errors do not pile up: the last of a million steps of 0.1 is as exact as the first', async () => {
    expect((await valuesOf({ stop: 100_000, step: 0.1 })).at(-1)).toBe(999_999 * 0.1);
  });

  test.each<[Range]>([[{ step: 0 }], [{ stop: Number.POSITIVE_INFINITY }], [{ step: Number.NaN }], [{ stop: 1e300 }]])(
    'refuses %j, which has no end',
    async (inputs) => {
      expect(countOf(inputs)).toBeUndefined();
      await expect(valuesOf(inputs)).rejects.toMatchObject({ code: 'E_VALUE' });
    },
  );
});
