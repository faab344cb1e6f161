import { describe, expect, test } from 'vitest';
import letterbox from '../../../nodes/image/letterbox.ts';
import type { Space } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { smoothFrame } from '../../shared/node-api/frames.ts';
import { runNode } from '../node-context.ts';
import { meanDifference, noise, picture, pixel } from './pictures.ts';

type Result = { image: Image; scale: number; padX: number; padY: number; space: Space };
const letterboxed = (image: Image, inputs: Record<string, unknown> = {}) =>
  runNode<Result>(letterbox, { image, ...inputs });

describe('the size', () => {
  test.each([
    [768, 432, 0.8333, 0, 140, 640, 360],
    [1920, 1080, 0.3333, 0, 140, 640, 360],
    [333, 500, 1.28, 107, 0, 426, 640],
    [1280, 853, 0.5, 0, 107, 640, 426],
    [100, 100, 6.4, 0, 0, 640, 640],
  ])(
    '%i×%i to 640×640 has scale %d, padding (%i, %i) and content of %i×%i',
    async (width, height, scale, padX, padY, w, h) => {
      const result = await letterboxed(picture(width, height, 1, () => 255));
      expect(result.scale).toBeCloseTo(scale, 4);
      expect(result).toMatchObject({ padX, padY, image: { width: 640, height: 640, channels: 1 } });
      expect(contentOf(result.image)).toEqual({ left: padX, top: padY, width: w, height: h });
      expect(result.space).toEqual({
        width: 640,
        height: 640,
        scale: result.scale,
        scaleY: result.scale,
        padX,
        padY,
        originalWidth: width,
        originalHeight: height,
      });
    },
  );

  test('a picture of the very size comes back as it is', async () => {
    const image = noise(32, 24, 3);
    expect((await letterboxed(image, { width: 32, height: 24 })).image).toEqual(image);
  });

  test('the longer side fills the width exactly, whatever its length', async () => {
    for (let width = 1; width < 2000; width += 7) {
      const { image } = await letterboxed(
        picture(width, 1, 1, () => 255),
        { width: 96, height: 96 },
      );
      expect(contentOf(image).width, `width ${width}`).toBe(96);
    }
  });

  test('a picture much longer than wide keeps a pixel', async () => {
    expect(contentOf((await letterboxed(picture(4000, 2, 1, () => 255))).image)).toMatchObject({
      width: 640,
      height: 1,
    });
  });
});

test('each pixel is the bilinear mean of the four around its centre', async () => {
  for (const [width, height] of [
    [50, 31],
    [7, 23],
    [1, 9],
    [9, 1],
    [90, 60],
  ]) {
    const image = noise(width, height, 3);
    const { image: result, scale, padX, padY } = await letterboxed(image, { width: 48, height: 40 });
    const content = contentSize(image, 48, 40);
    for (let y = 0; y < content.height; y++) {
      for (let x = 0; x < content.width; x++) {
        const found = pixel(result, x + padX, y + padY);
        const expected = sampleAt(image, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5);
        found.forEach((value, channel) => {
          expect(Math.abs(value - expected[channel]), `${x},${y}`).toBeLessThanOrEqual(0.501);
        });
      }
    }
  }
});

test('16-bit and floating-point pictures keep their depth', async () => {
  const bytes = noise(40, 30, 3);
  const expected = (await letterboxed(bytes, { width: 20, height: 20 })).image;
  const deep = new Image(
    'u16',
    40,
    30,
    3,
    Uint16Array.from(bytes.data, (v) => v * 257),
  );
  const float = new Image(
    'f32',
    40,
    30,
    3,
    Float32Array.from(bytes.data, (v) => v / 255),
  );
  const fromDeep = (await letterboxed(deep, { width: 20, height: 20 })).image;
  const fromFloat = (await letterboxed(float, { width: 20, height: 20 })).image;
  expect([fromDeep.depth, fromFloat.depth]).toEqual(['u16', 'f32']);
  expected.data.forEach((sample, i) => {
    expect(Math.abs(fromDeep.data[i] / 257 - sample)).toBeLessThan(0.51);
    expect(Math.abs(fromFloat.data[i] * 255 - sample)).toBeLessThan(0.51);
  });
});

test('an opaque RGBA picture gives what an RGB one gives, and its padding is opaque', async () => {
  const rgb = noise(37, 50, 3);
  const rgba = picture(37, 50, 4, (x, y, channel) => (channel === 3 ? 255 : pixel(rgb, x, y)[channel]));
  const plain = (await letterboxed(rgb, { width: 64, height: 64 })).image;
  const withAlpha = (await letterboxed(rgba, { width: 64, height: 64 })).image;
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) {
      const [red, green, blue, alpha] = pixel(withAlpha, x, y);
      expect(alpha).toBe(255);
      const differences = pixel(plain, x, y).map((sample, i) => Math.abs(sample - [red, green, blue][i]));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    }
  }
});

test('the padding has the grey that was asked for, and the input stays as it was', async () => {
  const image = noise(10, 5, 3);
  const before = image.data.slice();
  expect(pixel((await letterboxed(image)).image, 0, 0)).toEqual([114, 114, 114]);
  expect(pixel((await letterboxed(image, { padding: 0 })).image, 0, 0)).toEqual([0, 0, 0]);
  expect(image.data).toEqual(before);
});

/** Where a letterboxed white picture lies in its padding. */
function contentOf({ data, width, height }: Image) {
  const columns = [...Array(width).keys()].filter((x) => {
    for (let y = 0; y < height; y++) if (data[y * width + x] === 255) return true;
    return false;
  });
  const rows = [...Array(height).keys()].filter((y) => data.subarray(y * width, (y + 1) * width).includes(255));
  return { left: columns[0], top: rows[0], width: columns.length, height: rows.length };
}

function contentSize({ width, height }: Image, targetWidth: number, targetHeight: number) {
  const scale = Math.min(targetWidth / width, targetHeight / height);
  return {
    width: Math.max(1, Math.floor(width * scale + 1e-9)),
    height: Math.max(1, Math.floor(height * scale + 1e-9)),
  };
}

function sampleAt(image: Image, x: number, y: number): number[] {
  const clampX = (value: number) => Math.min(Math.max(value, 0), image.width - 1);
  const clampY = (value: number) => Math.min(Math.max(value, 0), image.height - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return [0, 1, 2].map((channel) => {
    const at = (px: number, py: number) => pixel(image, clampX(px), clampY(py))[channel];
    const upper = at(left, top) * (1 - (x - left)) + at(left + 1, top) * (x - left);
    const lower = at(left, top + 1) * (1 - (x - left)) + at(left + 1, top + 1) * (x - left);
    return upper * (1 - (y - top)) + lower * (y - top);
  });
}

test('a frame is fitted from its planes as its picture is', async () => {
  for (const [width, height] of [
    [150, 70],
    [63, 97],
  ]) {
    const frame = smoothFrame(width, height);
    const fromPlanes = await runNode<Result>(letterbox, { image: frame, width: 96, height: 96 });
    const { image, ...rest } = await letterboxed(frame.image(), { width: 96, height: 96 });
    expect(fromPlanes).toMatchObject(rest);
    expect(fromPlanes.image.channels).toBe(3);
    expect(meanDifference(fromPlanes.image, image)).toBeLessThan(1);
  }
});
