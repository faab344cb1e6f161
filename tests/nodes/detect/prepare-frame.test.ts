import { describe, expect, test } from 'vitest';
import prepare from '../../../nodes/detect/prepare.ts';
import type { Frame, Image, Space, Tensor } from '../../../src/shared/node-api/weft.ts';
import { plainFrame, smoothFrame } from '../../shared/node-api/frames.ts';
import { modelOf, port } from '../model/models.ts';
import { runNode } from '../node-context.ts';

const YOLOV8 = modelOf([port('images', [1, 3, 96, 96])], [port('output0', [1, 84, 189])]);

const prepared = (image: Frame | Image, model = YOLOV8) =>
  runNode<{ tensor: Tensor<'float32'>; space: Space }>(prepare, { image, model });

/** The largest difference between two tensors. */
function worstOf({ data }: Tensor<'float32'>, other: Tensor<'float32'>): number {
  return data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - other.data[i])), 0);
}

describe('a frame is prepared from its planes', () => {
  test.each([
    [150, 70],
    [63, 47],
    [96, 96],
    [40, 200],
  ])('as its picture is, at %i × %i', async (width, height) => {
    const frame = smoothFrame(width, height);
    const direct = await prepared(frame);
    const throughRgb = await prepared(frame.image());
    expect(direct.space).toEqual(throughRgb.space);
    expect(direct.tensor.shape).toEqual(throughRgb.tensor.shape);
    expect(worstOf(direct.tensor, throughRgb.tensor) * 255).toBeLessThan(5);
  });

  test.each([
    [1, 1],
    [1, 40],
    [40, 1],
    [2, 3],
  ])('of %i × %i, where there is hardly a sample to look at', async (width, height) => {
    const frame = plainFrame(width, height, [0.9, 0.2, 0.4]);
    const [direct, throughRgb] = [await prepared(frame), await prepared(frame.image())];
    expect(worstOf(direct.tensor, throughRgb.tensor) * 255).toBeLessThan(1.01);
  });

  test.each([
    ['blue first, in a corner', modelOf([port('images', [1, 3, 96, 96])], [port('output', [1, 189, 85])])],
    ['pixel by pixel', modelOf([port('images', [1, 96, 96, 3])], [port('output0', [1, 84, 189])])],
    [
      'stretched',
      modelOf([port('input', [1, 3, 60, 80])], [port('scores', [1, 1118, 2]), port('boxes', [1, 1118, 4])]),
    ],
  ])('%s', async (_, model) => {
    const frame = smoothFrame(150, 70);
    const [direct, throughRgb] = [await prepared(frame, model), await prepared(frame.image(), model)];
    expect(direct.tensor.shape).toEqual(throughRgb.tensor.shape);
    expect(direct.space).toEqual(throughRgb.space);
    const range = Math.max(...throughRgb.tensor.data) - Math.min(...throughRgb.tensor.data);
    expect(worstOf(direct.tensor, throughRgb.tensor)).toBeLessThan(range * 0.03);
  });

  test.each(['bt601', 'bt709', 'bt2020'] as const)('with the colours of %s, of either range', async (matrix) => {
    for (const full of [false, true]) {
      for (const rgb of [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [1, 1, 1],
        [0, 0, 0],
      ] as const) {
        const { tensor } = await prepared(plainFrame(96, 96, rgb, { matrix, full }));
        rgb.forEach((share, channel) => {
          expect(Math.abs(tensor.data[channel * 96 * 96] - share) * 255).toBeLessThan(2.01);
        });
      }
    }
  });
});
