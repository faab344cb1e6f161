import { expect, test } from 'vitest';
import { countText, progressText, purposeText, shapeText } from '../../../src/renderer/models/model-words.ts';

test('a download is told as far as it is known', () => {
  const pulling = { kind: 'pulling', bytes: 5_000_000, total: 20_000_000, bytesPerSecond: 1_000_000 } as const;
  expect(progressText(pulling)).toBe('25 %, 5.0 MB of 20.0 MB, 1.0 MB/s, 15 s left');
  expect(progressText({ ...pulling, bytesPerSecond: null })).toBe('25 %, 5.0 MB of 20.0 MB');
  expect(progressText({ ...pulling, bytesPerSecond: 0 })).toBe('25 %, 5.0 MB of 20.0 MB, 0 B/s');
  expect(progressText({ ...pulling, total: null })).toBe('5.0 MB, 1.0 MB/s');
});

test.each([
  [10, '1 s'],
  [0.001, '3 h'],
  [0.1, '3 min'],
  [1, '20 s'],
])('with %f MB a second %s are left of 20 MB', (megabytes, left) => {
  const bytesPerSecond = megabytes * 1e6;
  const bytes = megabytes === 10 ? 19_999_999 : megabytes === 0.001 ? 9_200_000 : 0;
  expect(progressText({ kind: 'pulling', bytes, total: 20_000_000, bytesPerSecond })).toContain(`, ${left} left`);
});

test('what a model is for, is told with its family, if it has one', () => {
  expect(purposeText({ task: 'detect', family: 'yolox', reason: '' })).toBe('Finds objects, family yolox');
  expect(purposeText({ task: 'classify', family: null, reason: '' })).toBe('Names what a picture shows');
  expect(purposeText({ task: null, family: null, reason: '' })).toBe('Not recognised');
});

test('shapes keep their symbols, and open dimensions are marked', () => {
  const shape = (dims: readonly (number | string | null)[] | null) =>
    shapeText({ name: 'x', dtype: 'int8', shape: dims });
  expect(shape(['N', 3, null])).toBe('[N, 3, ?]');
  expect(shape([])).toBe('[]');
  expect(shape(null)).toBe('any shape');
});

test('large counts are rounded', () => {
  expect([5493, 3_200_000, 7_000_000_000].map(countText)).toEqual(['5,493', '3.2 million', '7.0 billion']);
});
