import { expect, test } from 'vitest';
import { benchmarkRows } from '../../../src/renderer/previews/benchmark-rows.ts';

const table = (columns: readonly string[], rows: readonly (readonly (number | string | boolean | null)[])[]) => ({
  kind: 'table' as const,
  columns,
  rows,
  total: rows.length,
});

test('the table of a comparison is read: what ran, and what did not with the reason', () => {
  const columns = ['backend', 'status', 'device', 'mean', 'p50', 'p95', 'fps', 'speedUp', 'agrees', 'reason'];
  expect(
    benchmarkRows(
      table(columns, [
        ['cpu', 'done', null, 4, 3, 6, 250, '1.00x', true, null],
        ['cuda', 'skipped', null, null, null, null, null, null, null, 'No card.'],
      ]),
    ),
  ).toEqual([
    {
      backend: 'cpu',
      status: 'done',
      device: null,
      mean: 4,
      p50: 3,
      p95: 6,
      fps: 250,
      speedUp: '1.00x',
      agrees: true,
    },
    { backend: 'cuda', status: 'skipped', reason: 'No card.' },
  ]);
});

test('any other table is not', () => {
  expect(benchmarkRows(table(['name', 'count'], [['circle', 3]]))).toBeNull();
  expect(benchmarkRows(table(['backend', 'status'], [['cpu', 'done']]))).toBeNull();
});
