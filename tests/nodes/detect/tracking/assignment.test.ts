import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from '../../../../nodes/detect/shared/tracking/assignment.ts';

/** The least total there is, each row without a pair costing `limit`, by trying everything. */
function leastTotal(costs: readonly number[], rows: number, columns: number, limit: number): number {
  const best = (row: number, free: readonly number[]): number => {
    if (row === rows) return 0;
    const none = limit + best(row + 1, free);
    return free.reduce((least, column) => {
      const cost = costs[row * columns + column];
      if (cost >= limit) return least;
      const rest = free.filter((other) => other !== column);
      return Math.min(least, cost + best(row + 1, rest));
    }, none);
  };
  return best(0, [...Array(columns).keys()]);
}

test('finds pairs whose total is the least there is', () => {
  const matrix = fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
    .chain(([rows, columns]) =>
      fc
        .array(fc.integer({ min: 0, max: 100 }), { minLength: rows * columns, maxLength: rows * columns })
        .map((costs) => ({ rows, columns, costs: costs.map((cost) => cost / 100) })),
    );
  fc.assert(
    fc.property(matrix, fc.constantFrom(0.3, 0.8, 2), ({ rows, columns, costs }, limit) => {
      const pairs = assign(Float64Array.from(costs), rows, columns, limit);
      const used = [...pairs].filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      const total = [...pairs].reduce(
        (sum, column, row) => sum + (column < 0 ? limit : costs[row * columns + column]),
        0,
      );
      expect(total).toBeCloseTo(leastTotal(costs, rows, columns, limit), 9);
    }),
    { numRuns: 500 },
  );
});

test('a pair that costs the limit is none', () => {
  expect([...assign(Float64Array.of(0.8, 0.2, 0.9, 0.9), 2, 2, 0.8)]).toEqual([1, -1]);
});
