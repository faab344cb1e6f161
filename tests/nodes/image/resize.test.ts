import { describe, expect, test } from 'vitest';
import resize from '../../../nodes/image/resize.ts';
import type { Space } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture, pixel } from './pictures.ts';

type Result = { image: Image; space: Space };
const resized = (image: Image, inputs: Record<string, unknown>) => runNode<Result>(resize, { image, ...inputs });

describe('fit', () => {
  const image = noise(80, 40, 3);

  test('stretch gives exactly the size, with a scale for each side', async () => {
    const { image: result, space } = await resized(image, { width: 40, height: 60 });
    expect([result.width, result.height]).toEqual([40, 60]);
    expect(space).toMatchObject({ width: 40, height: 60, scale: 0.5, scaleY: 1.5, padX: 0, padY: 0 });
  });

  test('contain keeps the shape inside the size', async () => {
    const { image: result, space } = await resized(image, { width: 40, height: 60, fit: 'contain' });
    expect([result.width, result.height]).toEqual([40, 20]);
    expect(space).toMatchObject({ width: 40, height: 20, scale: 0.5, scaleY: 0.5 });
  });

  test('cover fills the size from the middle of the picture', async () => {
    const { image: result, space } = await resized(image, { width: 40, height: 40, fit: 'cover', method: 'nearest' });
    expect(result.data).toEqual(picture(40, 40, 3, (x, y, channel) => pixel(image, x + 20, y)[channel]).data);
    expect(space).toMatchObject({ scale: 1, padX: -20, padY: 0, originalWidth: 80, originalHeight: 40 });
  });
});

describe('method', () => {
  test('nearest repeats and picks pixels', async () => {
    const image = noise(8, 6, 4);
    const large = (await resized(image, { width: 24, height: 18, method: 'nearest' })).image;
    expect(large.data).toEqual(
      picture(24, 18, 4, (x, y, c) => pixel(image, Math.floor(x / 3), Math.floor(y / 3))[c]).data,
    );
    expect((await resized(large, { width: 8, height: 6, method: 'nearest' })).image).toEqual(image);
  });

  test.each(['nearest', 'bilinear', 'lanczos'])('%s leaves a picture of the same size as it is', async (method) => {
    for (const channels of [1, 3] as const) {
      const image = noise(21, 13, channels);
      expect((await resized(image, { width: 21, height: 13, method })).image).toEqual(image);
    }
  });

  test('lanczos does not alias: fine stripes become even grey', async () => {
    const stripes = picture(240, 240, 1, (x) => (x % 2) * 255);
    const { data } = (await resized(stripes, { width: 50, height: 50 })).image;
    for (const sample of data) expect(Math.abs(sample - 127.5)).toBeLessThan(16);
  });

  test('lanczos stays within the range of the samples', async () => {
    const edge = picture(20, 20, 3, (x) => (x < 10 ? 0 : 255));
    const { data } = (await resized(edge, { width: 200, height: 200 })).image;
    expect(new Set(data).has(0) && new Set(data).has(255)).toBe(true);
    // Ringing beyond black or white would wrap around to its opposite.
    for (let x = 0; x < 200; x++) expect(data[x * 3] > 127).toBe(x >= 100);
  });

  test.each(['bilinear', 'lanczos'])('%s keeps the colour of transparent pixels out', async (method) => {
    const image = picture(40, 40, 4, (x, _, channel) => (x < 20 ? [255, 0, 0, 255] : [0, 255, 0, 0])[channel]);
    const result = (await resized(image, { width: 13, height: 13, method })).image;
    for (let x = 0; x < 13; x++) {
      const [red, green, , alpha] = pixel(result, x, 6);
      if (alpha > 8) expect([red, green]).toEqual([255, 0]);
    }
  });

  test('16-bit and floating-point pictures keep their depth', async () => {
    const deep = new Image('u16', 4, 4, 1, new Uint16Array(16).fill(40_000));
    const float = new Image('f32', 4, 4, 1, new Float32Array(16).fill(0.25));
    const fromDeep = (await resized(deep, { width: 9, height: 2 })).image;
    const fromFloat = (await resized(float, { width: 9, height: 2 })).image;
    expect([fromDeep.depth, ...new Set(fromDeep.data)]).toEqual(['u16', 40_000]);
    expect(fromFloat.depth).toBe('f32');
    for (const sample of fromFloat.data) expect(sample).toBeCloseTo(0.25, 6);
  });
});
