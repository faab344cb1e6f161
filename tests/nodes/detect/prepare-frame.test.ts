import { describe, expect, test } from 'vitest';
import prepare from '../../../nodes/detect/prepare.ts';
import type { Frame, Image, Space, Tensor } from '../../../src/shared/node-api/weft.ts';
import { smoothFrame } from '../../shared/node-api/frames.ts';
import { modelOf, port } from '../model/models.ts';
import { runNode } from '../node-context.ts';

const YOLOV8 = modelOf([port('images', [1, 3, 96, 96])], [port('output0', [1, 84, 189])]);

const prepared = (image: Frame | Image) =>
  runNode<{ tensor: Tensor<'float32'>; space: Space }>(prepare, { image, model: YOLOV8 });

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
    let worst = 0;
    for (let i = 0; i < direct.tensor.data.length; i++) {
      worst = Math.max(worst, Math.abs(direct.tensor.data[i] - throughRgb.tensor.data[i]) * 255);
    }
    expect(worst).toBeLessThan(5);
  });
});
