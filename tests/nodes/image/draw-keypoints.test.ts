import { describe, expect, test } from 'vitest';
import drawKeypoints from '../../../nodes/image/draw-keypoints.ts';
import { classColour } from '../../../nodes/image/shared/class-colour.ts';
import { ownSpace } from '../../../src/shared/node-api/detections.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { Keypoints } from '../../../src/shared/node-api/keypoints.ts';
import { runNode } from '../node-context.ts';
import { picture, pixel, refusal } from './pictures.ts';

async function drawn(points: readonly number[], perObject = 1, space = ownSpace(40, 30)): Promise<Image> {
  const keypoints = new Keypoints(Float32Array.from(points), new Float32Array(points.length / 2), perObject, space);
  const image = picture(40, 30, 3, () => 0);
  return (await runNode<{ image: Image }>(drawKeypoints, { image, keypoints })).image;
}

const bytes = (point: number) => classColour(point).map((part) => Math.floor(part * 255));

describe('image/draw-keypoints', () => {
  test('marks a point and nothing far from it', async () => {
    const result = await drawn([10.5, 20.5]);
    expect(pixel(result, 10, 20)).toEqual(bytes(0));
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 40; x++) {
        if (Math.hypot(x - 10, y - 20) > 3) expect(pixel(result, x, y)).toEqual([0, 0, 0]);
      }
    }
  });

  test('gives each point of an object its colour, the same for every object', async () => {
    const result = await drawn([5.5, 5.5, 15.5, 5.5, 5.5, 20.5, 15.5, 20.5], 2);
    expect([pixel(result, 5, 5), pixel(result, 15, 5)]).toEqual([bytes(0), bytes(1)]);
    expect([pixel(result, 5, 20), pixel(result, 15, 20)]).toEqual([bytes(0), bytes(1)]);
  });

  test('points at the edge, outside and nowhere disturb nothing', async () => {
    const result = await drawn([0, 0, 40, 30, -100, 5, Number.NaN, Number.NaN]);
    expect(pixel(result, 0, 0).some((sample) => sample > 0)).toBe(true);
    expect(pixel(result, 39, 29).some((sample) => sample > 0)).toBe(true);
    expect(pixel(result, 20, 15)).toEqual([0, 0, 0]);
  });

  test('refuses points of another picture', async () => {
    await refusal(drawn([1, 1], 1, ownSpace(80, 60)), 'E_SPACE');
  });
});
