import { describe, expect, test } from 'vitest';
import drawMasks from '../../../nodes/image/draw-masks.ts';
import { classColour } from '../../../nodes/image/shared/class-colour.ts';
import { ownSpace } from '../../../src/shared/node-api/detections.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { Mask } from '../../../src/shared/node-api/mask.ts';
import { detectionsOf } from '../detect/detections.ts';
import { runNode } from '../node-context.ts';
import { picture, pixel, refusal } from './pictures.ts';

/** Two pixels wide and one high. */
const mask = (...samples: number[]) => new Mask(Uint8Array.from(samples), ownSpace(2, 1));
const white = picture(2, 1, 3, () => 255);
const bytes = (classId: number) => classColour(classId).map((part) => Math.round(part * 255));

async function drawn(inputs: object, image: Image = white): Promise<Image> {
  return (await runNode<{ image: Image }>(drawMasks, { image, ...inputs })).image;
}

describe('image/draw-masks', () => {
  test('tints what a mask covers and leaves the rest', async () => {
    const result = await drawn({ masks: [mask(0, 255)], opacity: 1 });
    expect(pixel(result, 0, 0)).toEqual([255, 255, 255]);
    expect(pixel(result, 1, 0)).toEqual(bytes(0));
  });

  test('as strongly as the opacity and the mask say', async () => {
    const half = bytes(0).map((sample) => Math.round((sample + 255) / 2));
    const result = await drawn({ masks: [mask(255, 128)], opacity: 0.5 });
    pixel(result, 0, 0).forEach((sample, i) => {
      expect(Math.abs(sample - half[i])).toBeLessThanOrEqual(1);
    });
    const probable = await drawn({ masks: [new Mask(Float32Array.of(0.5, 0), ownSpace(2, 1))], opacity: 1 });
    expect(pixel(probable, 0, 0)).toEqual(pixel(result, 0, 0));
  });

  test('in the colour of the class, or of the mask where there are no classes', async () => {
    const detections = detectionsOf([{ box: [0, 0, 1, 1], score: 1, classId: 7 }], ownSpace(2, 1));
    expect(pixel(await drawn({ masks: [mask(255, 0)], detections, opacity: 1 }), 0, 0)).toEqual(bytes(7));
    const two = await drawn({ masks: [mask(255, 0), mask(0, 255)], opacity: 1 });
    expect([pixel(two, 0, 0), pixel(two, 1, 0)]).toEqual([bytes(0), bytes(1)]);
  });

  test('makes colour of grey and leaves the picture that came in', async () => {
    const grey = picture(2, 1, 1, () => 100);
    const result = await drawn({ masks: [mask(0, 255)] }, grey);
    expect([result.channels, pixel(result, 0, 0)]).toEqual([3, [100, 100, 100]]);
    expect([...grey.data]).toEqual([100, 100]);
  });

  test('refuses masks of another picture and those of other detections', async () => {
    await refusal(drawn({ masks: [new Mask(new Uint8Array(6), ownSpace(3, 2))] }), 'E_SPACE');
    await refusal(drawn({ masks: [mask(0, 0)], detections: detectionsOf([], ownSpace(2, 1)) }), 'E_VALUE');
  });
});
