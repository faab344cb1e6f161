import { expect, test } from 'vitest';
import crop from '../../../nodes/image/crop.ts';
import type { Space } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture, pixel, refusal } from './pictures.ts';

type Result = { image: Image; space: Space };

test('the rectangle has the pixels of the picture, and its space leads back', async () => {
  for (const channels of [1, 3, 4] as const) {
    const image = noise(20, 10, channels);
    const result = await runNode<Result>(crop, { image, x: 3, y: 4, width: 7, height: 5 });
    expect(result.image).toEqual(picture(7, 5, channels, (x, y, channel) => pixel(image, x + 3, y + 4)[channel]));
    expect(result.space).toEqual({
      width: 7,
      height: 5,
      scale: 1,
      scaleY: 1,
      padX: -3,
      padY: -4,
      originalWidth: 20,
      originalHeight: 10,
    });
  }
});

test('the whole picture can be cut out, of any depth', async () => {
  const image = new Image('f32', 2, 1, 1, Float32Array.of(0.25, 0.75));
  expect((await runNode<Result>(crop, { image, width: 2, height: 1 })).image).toEqual(image);
});

test('a rectangle that reaches beyond the picture is refused with both sizes', async () => {
  const image = noise(20, 10, 3);
  const error = await refusal(runNode(crop, { image, x: 15, y: 0, width: 6, height: 5 }), 'E_VALUE');
  expect(error.message).toContain('6×5 at (15, 0)');
  expect(error.message).toContain('20×10');
  expect((await refusal(runNode(crop, { image, y: 9, width: 1, height: 2 }), 'E_VALUE')).place.pin).toBe('height');
});
