import { expect, test } from 'vitest';
import { plotOf } from '../../../src/renderer/previews/plot.ts';

const SIZE = { width: 400, height: 200 };

function seriesOf(values: readonly number[], first = 0) {
  return { items: Float64Array.from(values, (_, k) => first + k), values: Float64Array.from(values) };
}

test('a plot has round numbers at its side, around the least and the greatest', () => {
  const plot = plotOf(seriesOf([3.2, 17.9]), SIZE);
  expect(plot.ticks.map(({ text }) => text)).toEqual(['0', '5', '10', '15', '20']);
  expect([plot.least, plot.greatest, plot.firstItem, plot.lastItem]).toEqual([3.2, 17.9, 0, 1]);
  for (const { y } of plot.ticks) {
    expect(y).toBeGreaterThanOrEqual(plot.top - 1e-9);
    expect(y).toBeLessThanOrEqual(plot.bottom + 1e-9);
  }
});

test('what is not finite is a gap, and a number between two of them a dot', () => {
  const { path, dots } = plotOf(seriesOf([1, 2, Number.NaN, 3, Number.NEGATIVE_INFINITY, 4, 5]), SIZE);
  expect(path.match(/M/g)).toHaveLength(3);
  expect(dots).toHaveLength(1);
});

test('one value, none that is finite, and the greatest numbers there are can be plotted', () => {
  for (const values of [[7], [0, 0, 0], [Number.NaN], [-Number.MAX_VALUE, Number.MAX_VALUE], [1e-300, 2e-300]]) {
    const { ticks, path } = plotOf(seriesOf(values), SIZE);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.every(({ y }) => Number.isFinite(y))).toBe(true);
    expect(path).not.toContain('NaN');
  }
});

test('a place is that of the nearest item', () => {
  const plot = plotOf(seriesOf([5, 6, 7], 100), SIZE);
  expect(plot.nearest(plot.left)).toMatchObject({ item: 100, value: 5 });
  expect(plot.nearest((plot.left + plot.right) / 2 + 3)).toMatchObject({ item: 101, value: 6 });
  expect(plot.nearest(10_000)).toMatchObject({ item: 102, value: 7 });
});
