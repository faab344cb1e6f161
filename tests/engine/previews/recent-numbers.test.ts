import { expect, test } from 'vitest';
import { RecentNumbers } from '../../../src/main/engine/previews/recent-numbers.ts';
import { MAX_SERIES } from '../../../src/shared/protocol/preview.ts';

test('the last numbers are there in the order of their items, also where items overtook each other', () => {
  const numbers = new RecentNumbers();
  for (const item of [0, 2, 1, 4, 3]) numbers.take(item, item * 10);
  const { items, values } = numbers.series();
  expect([...items]).toEqual([0, 1, 2, 3, 4]);
  expect([...values]).toEqual([0, 10, 20, 30, 40]);
});

test('old numbers make room for new ones', () => {
  const numbers = new RecentNumbers();
  const count = 3 * MAX_SERIES + 7;
  // Each pair changed places.
  for (let k = 0; k < count; k++) numbers.take(k ^ 1, k ^ 1);
  const { items, values } = numbers.series();
  expect(items).toHaveLength(MAX_SERIES);
  expect([...items]).toEqual([...values]);
  expect([...items].every((item, k) => k === 0 || item > items[k - 1])).toBe(true);
  expect(items[MAX_SERIES - 1]).toBeGreaterThanOrEqual(count - 1);
});
