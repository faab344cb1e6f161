import { describe, expect, test } from 'vitest';
import blur from '../../../nodes/image/blur.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture, pixel } from './pictures.ts';

const blurred = async (image: Image, sigma: number) => (await runNode<{ image: Image }>(blur, { image, sigma })).image;

describe('image/blur', () => {
  test('spreads a point as a Gaussian does', async () => {
    const sigma = 1.5;
    const point = new Image('f32', 31, 31, 1, new Float32Array(31 * 31));
    point.data[15 * 31 + 15] = 1;
    const { data } = await blurred(point, sigma);
    let total = 0;
    for (const sample of data) total += sample;
    expect(total).toBeCloseTo(1, 5);
    for (const [x, y] of [
      [15, 15],
      [17, 15],
      [14, 18],
    ]) {
      const distance = (x - 15) ** 2 + (y - 15) ** 2;
      expect(data[y * 31 + x]).toBeCloseTo(Math.exp(-distance / (2 * sigma ** 2)) / (2 * Math.PI * sigma ** 2), 3);
    }
  });

  test('leaves an even picture as it is, its edges too', async () => {
    for (const sigma of [0.1, 1, 40]) {
      const even = picture(20, 7, 3, (_x, _y, channel) => channel * 100);
      expect(await blurred(even, sigma)).toEqual(even);
    }
  });

  test('hardly changes a picture when it is weakest', async () => {
    const image = noise(10, 10, 3);
    expect(await blurred(image, 0.1)).toEqual(image);
  });

  test('colours of transparent pixels do not bleed', async () => {
    const image = picture(9, 1, 4, (x, _y, channel) => (x < 4 ? [255, 0, 0, 0] : [0, 0, 255, 255])[channel]);
    const [red, green, blue, alpha] = pixel(await blurred(image, 1), 3, 0);
    expect([red, green, blue]).toEqual([0, 0, 255]);
    expect(alpha).toBeGreaterThan(0);
    expect(alpha).toBeLessThan(255);
  });
});
