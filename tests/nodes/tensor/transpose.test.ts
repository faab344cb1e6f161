import fc from 'fast-check';
import { expect, test } from 'vitest';
import transpose from '../../../nodes/tensor/transpose.ts';
import { elementCount, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

const transposed = async (tensor: Tensor, order?: readonly number[]) =>
  (await runNode<{ tensor: Tensor }>(transpose, order === undefined ? { tensor } : { tensor, order })).tensor;

function counting(shape: readonly number[]): Tensor<'float32'> {
  return new Tensor(
    'float32',
    shape,
    Float32Array.from({ length: elementCount(shape) }, (_, i) => i),
  );
}

/** Where the element at `position` lies in a row-major tensor. */
function offset(shape: readonly number[], position: readonly number[]): number {
  return position.reduce((sum, index, axis) => sum * shape[axis] + index, 0);
}

test('without an order it makes channels, height, width of height, width, channels', async () => {
  const result = await transposed(counting([2, 2, 3]));
  expect(result.toString()).toBe('float32[3,2,2]');
  expect([...(result.data as Float32Array)]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
});

test('any order of any axes puts every element where it belongs', async () => {
  const cases = fc
    .array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 5 })
    .chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(cases, async ([shape, order]) => {
      const source = counting(shape);
      const result = await transposed(source, order);
      expect(result.shape).toEqual(order.map((axis) => shape[axis]));
      for (let i = 0; i < source.data.length; i++) {
        const position: number[] = [];
        for (let axis = shape.length - 1, rest = i; axis >= 0; rest = Math.floor(rest / shape[axis]), axis--) {
          position[axis] = rest % shape[axis];
        }
        expect(
          result.data[
            offset(
              result.shape,
              order.map((axis) => position[axis]),
            )
          ],
        ).toBe(source.data[i]);
      }
    }),
  );
});

test('every dtype is kept, text and 64-bit integers too', async () => {
  const int64 = await transposed(new Tensor('int64', [1, 2], BigInt64Array.of(-(2n ** 60n), 7n)), [1, 0]);
  expect([int64.dtype, int64.shape, int64.data]).toEqual(['int64', [2, 1], BigInt64Array.of(-(2n ** 60n), 7n)]);
  const text = await transposed(new Tensor('string', [2, 2], ['a', 'b', 'c', 'd']), [1, 0]);
  expect([text.dtype, text.data]).toEqual(['string', ['a', 'c', 'b', 'd']]);
});

test('an order that is not each axis once is refused with the tensor’s own', async () => {
  for (const order of [
    [0, 1],
    [0, 0, 1],
    [0, 1, 3],
    [-1, 0, 1],
    [0.5, 1, 2],
    [2, 1, 0, 0],
  ]) {
    const error = await refusal(transposed(counting([2, 3, 4]), order), 'E_VALUE');
    expect(error.message).toContain('float32[2,3,4]');
  }
});
