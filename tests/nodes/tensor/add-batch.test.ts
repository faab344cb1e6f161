import { expect, test } from 'vitest';
import addBatch from '../../../nodes/tensor/add-batch.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { runNode } from '../node-context.ts';

test('an axis of length 1 comes first, over the same elements', async () => {
  for (const shape of [[3, 2, 1], [6], [0, 6]]) {
    const tensor = new Tensor('int32', shape, new Int32Array(shape.reduce((a, b) => a * b)));
    const result = (await runNode<{ tensor: Tensor }>(addBatch, { tensor })).tensor;
    expect(result.shape).toEqual([1, ...shape]);
    expect(result.data).toBe(tensor.data);
  }
});

test('a scalar becomes a batch of one number', async () => {
  const tensor = new Tensor('float32', [], Float32Array.of(5));
  expect((await runNode<{ tensor: Tensor }>(addBatch, { tensor })).tensor.toString()).toBe('float32[1]');
});
