import { expect, test } from 'vitest';
import statistics from '../../../nodes/tensor/statistics.ts';
import { type DType, type DTypeArrays, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

const of = <D extends DType>(dtype: D, data: DTypeArrays[D]) =>
  runNode(statistics, { tensor: new Tensor(dtype, [data.length], data) });

test('finite elements give the figures, NaN and infinities are counted', async () => {
  const data = Float32Array.of(2, Number.NaN, 4, Number.POSITIVE_INFINITY, 4, 4, 5, 5, 7, 9, Number.NEGATIVE_INFINITY);
  expect(await of('float32', data)).toEqual({ min: 2, max: 9, mean: 5, std: 2, count: 11, nan: 1, infinite: 2 });
});

test('values far from zero keep their spread', async () => {
  const result = await of('float64', Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
  expect(result).toMatchObject({ mean: 1e9 + 10, std: Math.sqrt(22.5) });
});

test('every element counts, not a sample of them', async () => {
  const data = new Float32Array(1_000_003);
  data[777_777] = -3;
  data[999_999] = Number.NaN;
  expect(await of('float32', data)).toMatchObject({ min: -3, max: 0, count: 1_000_003, nan: 1 });
});

test('every dtype of numbers has them', async () => {
  const expected = { min: 1, max: 3, mean: 2, std: 1, count: 2, nan: 0, infinite: 0 };
  expect(await of('int64', BigInt64Array.of(1n, 3n))).toEqual(expected);
  expect(await of('uint8', Uint8Array.of(1, 3))).toEqual(expected);
  expect(await of('float16', Float16Array.of(1, 3))).toEqual(expected);
  expect(await of('bool', Uint8Array.of(0, 1))).toMatchObject({ mean: 0.5 });
});

test('without a finite element the figures are NaN', async () => {
  const nothing = { min: Number.NaN, max: Number.NaN, mean: Number.NaN, std: Number.NaN };
  expect(await of('float32', new Float32Array(0))).toEqual({ ...nothing, count: 0, nan: 0, infinite: 0 });
  expect(await of('float32', Float32Array.of(Number.NaN))).toEqual({ ...nothing, count: 1, nan: 1, infinite: 0 });
});

test('text has no statistics', async () => {
  await refusal(of('string', ['a']), 'E_VALUE');
});
