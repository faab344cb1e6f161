import { describe, expect, test } from 'vitest';
import adjust from '../../../nodes/image/adjust.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture } from './pictures.ts';

const adjusted = async (image: Image, inputs: object) =>
  (await runNode<{ image: Image }>(adjust, { image, ...inputs })).image;
/** One pixel, adjusted. */
const dot = async (samples: readonly number[], inputs: object) => {
  const image = picture(1, 1, samples.length as 1 | 3 | 4, (_x, _y, channel) => samples[channel]);
  return [...(await adjusted(image, inputs)).data];
};

describe('image/adjust', () => {
  test('changes nothing unless told to', async () => {
    for (const channels of [1, 3, 4] as const) {
      const image = noise(9, 7, channels);
      expect(await adjusted(image, {})).toEqual(image);
    }
  });

  test('brightness is added', async () => {
    expect(await dot([0, 51, 250], { brightness: 0.2 })).toEqual([51, 102, 255]);
    expect(await dot([100], { brightness: -1 })).toEqual([0]);
  });

  test('contrast stretches samples away from the middle', async () => {
    expect(await dot([255, 0, 153], { contrast: 0 })).toEqual([128, 128, 128]);
    expect(await dot([255, 0, 153], { contrast: 3 })).toEqual([255, 0, 204]);
  });

  test('gamma brightens the dark', async () => {
    expect(await dot([0, 64, 255], { gamma: 2 })).toEqual([0, 128, 255]);
  });

  test('saturation stretches colours away from their luma, which stays', async () => {
    const luma = Math.round(0.299 * 200 + 0.587 * 100 + 0.114 * 50);
    expect(await dot([200, 100, 50], { saturation: 0 })).toEqual([luma, luma, luma]);
    const [red, green, blue] = await dot([140, 100, 90], { saturation: 2 });
    expect(0.299 * red + 0.587 * green + 0.114 * blue).toBeCloseTo(0.299 * 140 + 0.587 * 100 + 0.114 * 90, 0);
    expect(red - blue).toBe(100);
    expect(await dot([70], { saturation: 0 })).toEqual([70]);
  });

  test('transparency stays', async () => {
    expect(await dot([0, 0, 0, 77], { brightness: 1 })).toEqual([255, 255, 255, 77]);
  });

  test('is the same at every depth', async () => {
    const bytes = noise(6, 6, 3);
    const inputs = { brightness: 0.1, contrast: 1.3, gamma: 1.4, saturation: 0.6 };
    const expected = await adjusted(bytes, inputs);
    const deep = await adjusted(
      new Image(
        'u16',
        6,
        6,
        3,
        Uint16Array.from(bytes.data, (v) => v * 257),
      ),
      inputs,
    );
    const float = await adjusted(
      new Image(
        'f32',
        6,
        6,
        3,
        Float32Array.from(bytes.data, (v) => v / 255),
      ),
      inputs,
    );
    expected.data.forEach((sample, i) => {
      expect(Math.abs(deep.data[i] / 257 - sample)).toBeLessThan(0.51);
      expect(Math.abs(float.data[i] * 255 - sample)).toBeLessThan(0.51);
    });
  });
});
