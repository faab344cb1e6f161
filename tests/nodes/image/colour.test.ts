import { describe, expect, test } from 'vitest';
import colour from '../../../nodes/image/colour.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture } from './pictures.ts';

const turned = async (image: Image, to: string) => (await runNode<{ image: Image }>(colour, { image, to })).image;
const dot = (...samples: number[]) => picture(1, 1, samples.length as 1 | 3 | 4, (_x, _y, channel) => samples[channel]);

const grey = dot(40);
const rgb = dot(200, 100, 50);
const rgba = dot(200, 100, 50, 128);

describe('image/colour', () => {
  test.each<[string, Image, string, number[]]>([
    ['colour to grey by its luma', rgb, 'grey', [124]],
    ['transparent colour to grey', rgba, 'grey', [124]],
    ['grey to colour', grey, 'rgb', [40, 40, 40]],
    ['transparent colour to colour', rgba, 'rgb', [200, 100, 50]],
    ['colour to opaque', rgb, 'rgba', [200, 100, 50, 255]],
    ['grey to opaque', grey, 'rgba', [40, 40, 40, 255]],
    ['red and blue change places', rgba, 'bgr', [50, 100, 200]],
    ['grey has no order', grey, 'bgr', [40, 40, 40]],
    ['the transparency', rgba, 'alpha', [128]],
    ['an opaque picture is white', rgb, 'alpha', [255]],
    ['a grey one too', grey, 'alpha', [255]],
  ])('%s', async (_, image, to, expected) => {
    expect([...(await turned(image, to)).data]).toEqual(expected);
  });

  test('a picture that is of that kind comes back as it is', async () => {
    for (const [channels, to] of [
      [1, 'grey'],
      [3, 'rgb'],
      [4, 'rgba'],
    ] as const) {
      const image = noise(4, 3, channels);
      expect(await turned(image, to)).toBe(image);
    }
  });

  test('every pixel is turned', async () => {
    const image = noise(5, 4, 3);
    const swapped = await turned(image, 'bgr');
    expect(await turned(swapped, 'bgr')).toEqual(image);
    expect(swapped).not.toEqual(image);
  });
});
