import { expect, test } from 'vitest';
import shape from '../../../nodes/tensor/shape.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { runNode } from '../node-context.ts';

test('a tensor tells its axes', async () => {
  expect(await runNode(shape, { tensor: new Tensor('int64', [1, 0, 4], new BigInt64Array(0)) })).toEqual({
    shape: [1, 0, 4],
    rank: 3,
    text: 'int64[1,0,4]',
  });
});

test('a scalar has none', async () => {
  const tensor = new Tensor('float32', [], Float32Array.of(1));
  expect(await runNode(shape, { tensor })).toEqual({ shape: [], rank: 0, text: 'float32[]' });
});
