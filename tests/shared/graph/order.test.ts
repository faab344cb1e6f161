import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologicalOrder } from '../../../src/shared/graph/order.ts';
import { successorsOf } from '../../../src/shared/graph/successors.ts';

const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 });

function ordered(pairs: readonly (readonly [number, number])[]) {
  return topologicalOrder(
    20,
    successorsOf(
      20,
      pairs.map(([from]) => from),
      pairs.map(([, to]) => to),
    ),
  );
}

test('every edge leads forward when nothing waits for itself', () => {
  const forward = edges.map((pairs) =>
    pairs.filter(([a, b]) => a !== b).map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const),
  );
  fc.assert(
    fc.property(forward, (pairs) => {
      const { order, cycles } = ordered(pairs);
      expect(cycles).toEqual([]);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
      const at = new Map(order.map((node, index) => [node, index]));
      for (const [from, to] of pairs) expect(at.get(from)).toBeLessThan(at.get(to) ?? -1);
    }),
  );
});

test('every cycle is one, and once one edge of each is taken away, as often as needed, none is left', () => {
  fc.assert(
    fc.property(edges, (pairs) => {
      let left: (readonly [number, number])[] = pairs;
      for (let { cycles } = ordered(left); cycles.length > 0; { cycles } = ordered(left)) {
        for (const cycle of cycles) {
          cycle.forEach((node, index) => {
            const next = cycle[(index + 1) % cycle.length];
            expect(left.some(([from, to]) => from === node && to === next)).toBe(true);
          });
        }
        const gone = new Set(cycles.map((cycle) => `${cycle.at(-1)} ${cycle[0]}`));
        const fewer = left.filter(([from, to]) => !gone.has(`${from} ${to}`));
        expect(fewer.length).toBeLessThan(left.length);
        left = fewer;
      }
    }),
  );
});

test('nodes that are free at the same time keep their order', () => {
  expect(ordered([[0, 19]]).order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});
