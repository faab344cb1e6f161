import { expect, test } from 'vitest';
import { sortedRows, tableOf, tsvOf } from '../../../src/renderer/previews/table-rows.ts';

test('numbers go by their size, texts by their letters and numbers, and what is empty stays at the end', () => {
  const rows = [[10], [null], [2], ['b10'], ['b9'], [Number.NaN]];
  expect(sortedRows(rows, { column: 0, up: true }).flat()).toEqual([2, 10, Number.NaN, 'b9', 'b10', null]);
  expect(sortedRows(rows, { column: 0, up: false }).flat()).toEqual(['b10', 'b9', Number.NaN, 10, 2, null]);
  expect(sortedRows(rows, null)).toBe(rows);
});

test('a table is copied with its columns, cells between tabs, one line for each row', () => {
  const rows = [
    ['a\tb', 1],
    ['two\nlines', null],
  ];
  expect(tsvOf(['name', 'score'], rows)).toBe('name\tscore\na b\t1\ntwo lines\t');
});

test('detections and lists are tables too', () => {
  const detections = tableOf({
    kind: 'detections',
    space: { width: 10, height: 10 },
    total: 1,
    detections: [{ label: 'cat', classId: 3, score: 0.5, box: [1, 2, 3, 4] }],
  });
  expect(detections?.columns.slice(0, 3)).toEqual(['label', 'score', 'class']);
  expect(detections?.rows).toEqual([['cat', 0.5, 3, 1, 2, 3, 4]]);
  const items = [
    { type: 'number', text: '1.5' },
    { type: 'int8[2]', text: null },
  ];
  const list = tableOf({ kind: 'list', total: 2, items, statistics: null });
  expect(list?.rows).toEqual([
    [0, 1.5],
    [1, 'int8[2]'],
  ]);
  expect(tableOf({ kind: 'scalar', value: 1 })).toBeNull();
});
