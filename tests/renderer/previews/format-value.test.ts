import { expect, test } from 'vitest';
import { factsOf, formatBytes, formatSample } from '../../../src/renderer/previews/format-value.ts';
import type { Preview } from '../../../src/shared/protocol/preview.ts';

test('bytes and samples are short', () => {
  expect([0, 512, 12_800_000].map(formatBytes)).toEqual(['0 B', '512 B', '12.8 MB']);
  expect([0.123456789, 255, Number.NaN, '9007199254740993'].map(formatSample)).toEqual([
    '0.12346',
    '255',
    'NaN',
    '9007199254740993',
  ]);
});

test('statistics of a part of the values are marked as such', () => {
  const statistics = { range: { min: 0, max: 1, mean: 0.5 }, nan: 3, inf: 0, exact: false };
  expect(textOf({ ...TENSOR, statistics })).toContain('min ≈ 0, max ≈ 1, mean ≈ 0.5, NaN, Inf ≈ 3, ≈ 0');
  expect(textOf({ ...TENSOR, statistics: { ...statistics, exact: true } })).toContain('min 0, max 1, mean 0.5');
});

test('values without a finite one have no range, but a count of the others', () => {
  const statistics = { range: null, nan: 6, inf: 0, exact: true };
  expect(textOf({ ...TENSOR, statistics })).toBe('dtype float32, size 24 B, shape [1, 6], NaN, Inf 6, 0');
});

const TENSOR = {
  kind: 'tensor',
  dtype: 'float32',
  shape: [1, 6],
  statistics: null,
  samples: [],
  picture: null,
} as const;

function textOf(content: Preview['content']): string {
  const preview: Preview = { run: 'r', item: null, series: null, type: 'float32[1,6]', bytes: 24, content };
  return factsOf(preview)
    .map(({ name, text }) => `${name} ${text}`)
    .join(', ');
}
