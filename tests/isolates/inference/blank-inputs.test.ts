import { expect, test } from 'vitest';
import { blankInputs } from '../../../src/main/isolates/inference/blank-inputs.ts';

test('a model is measured on zeros, one picture of 256 pixels where the size is open', () => {
  const inputs = blankInputs({
    inputs: [
      { name: 'images', dtype: 'float32', shape: ['N', 3, 'height', null] },
      { name: 'size', dtype: 'int64', shape: [1, 2] },
      { name: 'text', dtype: 'string', shape: [2] },
      { name: 'scale', dtype: 'float32', shape: null },
    ],
    outputs: [],
  });
  expect([...inputs.values()].map(String)).toEqual(['float32[1,3,256,256]', 'int64[1,2]', 'string[2]', 'float32[]']);
  expect(inputs.get('size')?.data).toEqual(BigInt64Array.of(0n, 0n));
  expect(inputs.get('text')?.data).toEqual(['', '']);
});
