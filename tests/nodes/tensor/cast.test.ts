import { describe, expect, test } from 'vitest';
import cast from '../../../nodes/tensor/cast.ts';
import { type DType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

const castTo = async (tensor: Tensor, dtype: DType) =>
  (await runNode<{ tensor: Tensor }>(cast, { tensor, dtype })).tensor;
const floats = (...values: number[]) => new Tensor('float64', [values.length], Float64Array.from(values));
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('tensor/cast', () => {
  test.each<[DType, (number | bigint)[]]>([
    ['float32', [Math.fround(1.7), -1.7, 300, nan, infinity].map((value) => Math.fround(Number(value)))],
    ['float16', [1.7001953125, -1.7001953125, 300, nan, infinity]],
    ['uint8', [1, 0, 255, 0, 255]],
    ['int8', [1, -1, 127, 0, 127]],
    ['int32', [1, -1, 300, 0, 2 ** 31 - 1]],
    ['uint32', [1, 0, 300, 0, 2 ** 32 - 1]],
    ['int64', [1n, -1n, 300n, 0n, 2n ** 63n - 1n]],
    ['uint64', [1n, 0n, 300n, 0n, 2n ** 64n - 1n]],
    ['bool', [1, 1, 1, 0, 1]],
  ])('to %s', async (dtype, expected) => {
    const result = await castTo(floats(1.7, -1.7, 300, nan, infinity), dtype);
    expect(result.dtype).toBe(dtype);
    expect([...(result.data as Iterable<number | bigint>)]).toEqual(expected);
  });

  test('from whole numbers of 64 bits', async () => {
    const wide = new Tensor('int64', [1, 3], BigInt64Array.of(-5n, 2n ** 40n, 0n));
    expect((await castTo(wide, 'float32')).data).toEqual(Float32Array.of(-5, 2 ** 40, 0));
    expect((await castTo(wide, 'uint8')).data).toEqual(Uint8Array.of(0, 255, 0));
    expect((await castTo(wide, 'uint64')).data).toEqual(BigUint64Array.of(0n, 2n ** 40n, 0n));
    expect(await castTo(wide, 'bool')).toMatchObject({ shape: [1, 3], data: Uint8Array.of(1, 1, 0) });
  });

  test('a tensor of that type comes back as it is', async () => {
    const tensor = floats(1, 2);
    expect(await castTo(tensor, 'float64')).toBe(tensor);
  });

  test('refuses text', async () => {
    await refusal(castTo(new Tensor('string', [1], ['1']), 'int32'), 'E_VALUE');
  });
});
