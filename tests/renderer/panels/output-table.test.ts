import { expect, test } from 'vitest';
import { tableOf } from '../../../src/renderer/panels/output-table.ts';

test('a list of objects is a table with a column for each key', () => {
  expect(
    tableOf([
      { label: 'star', score: 0.9 },
      { label: 'cross', box: [1, 2] },
    ]),
  ).toEqual({
    columns: ['label', 'score', 'box'],
    rows: [
      ['star', 0.9, undefined],
      ['cross', undefined, [1, 2]],
    ],
  });
});

test('anything else is no table', () => {
  for (const value of [[], [1, 2], [{ a: 1 }, null], { a: 1 }, 'text', null]) expect(tableOf(value)).toBeNull();
});
