import { expect, test } from 'vitest';
import normalize from '../../../nodes/tensor/normalize.ts';
import type { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { noise, refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

type Result = { tensor: Tensor };

test('samples are scaled to 0–1, channels stay last, for any number of channels', async () => {
  for (const channels of [1, 3, 4] as const) {
    const image = noise(6, 4, channels);
    const { tensor } = await runNode<Result>(normalize, { image });
    expect(tensor.toString()).toBe(`float32[4,6,${channels}]`);
    expect(tensor.data).toEqual(Float32Array.from(image.data, (sample) => sample / 255));
  }
});

test('mean and std work per channel, after scaling', async () => {
  const image = noise(6, 4, 3);
  const mean = [0.1, 0.2, 0.3];
  const std = [0.5, 0.25, 2];
  const { tensor } = await runNode<Result>(normalize, { image, scale: 100, mean, std });
  expect(tensor.data).toEqual(Float32Array.from(image.data, (sample, i) => (sample / 100 - mean[i % 3]) / std[i % 3]));
});

test('three means for a grey picture are refused', async () => {
  const error = await refusal(runNode(normalize, { image: noise(2, 2, 1), mean: [0, 0, 0] }), 'E_VALUE');
  expect(error.message).toContain('3 numbers for 1 channels');
});
