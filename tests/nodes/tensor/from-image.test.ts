import { describe, expect, test } from 'vitest';
import fromImage from '../../../nodes/tensor/from-image.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import type { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { noise, refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

const convert = async (image: Image, inputs: Record<string, unknown> = {}) =>
  (await runNode<{ tensor: Tensor }>(fromImage, { image, ...inputs })).tensor;

/** Element by element, as the description of the node says. */
function reference(
  image: Image,
  layout: string,
  order: readonly number[],
  mean: readonly number[],
  std: readonly number[],
) {
  const { width, height, channels, data } = image;
  const values: number[] = [];
  const push = (x: number, y: number, c: number) =>
    values.push((data[(y * width + x) * channels + Math.min(order[c], channels - 1)] / 255 - mean[c]) / std[c]);
  if (layout.endsWith('chw')) {
    for (let c = 0; c < 3; c++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) push(x, y, c);
  } else {
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) push(x, y, c);
  }
  return Float32Array.from(values);
}

describe('every layout and order', () => {
  const shapes = { nchw: [1, 3, 5, 7], nhwc: [1, 5, 7, 3], chw: [3, 5, 7], hwc: [5, 7, 3] };
  const mean = [0.485, 0.456, 0.406];
  const std = [0.229, 0.224, 0.225];

  test.each(Object.entries(shapes))('%s equals the naive conversion, bit for bit', async (layout, shape) => {
    for (const pictureChannels of [1, 3, 4] as const) {
      for (const [channels, order] of [
        ['rgb', [0, 1, 2]],
        ['bgr', [2, 1, 0]],
      ] as const) {
        const image = noise(7, 5, pictureChannels);
        const tensor = await convert(image, { layout, channels, mean, std });
        expect(tensor.toString()).toBe(`float32[${shape}]`);
        const from = pictureChannels === 1 ? [0, 0, 0] : order;
        expect(tensor.data).toEqual(reference(image, layout, from, mean, std));
      }
    }
  });
});

test('without settings it is RGB from 0 to 1 with a batch of one, as YOLO takes it', async () => {
  const image = noise(7, 5, 3);
  const tensor = await convert(image);
  expect(tensor.toString()).toBe('float32[1,3,5,7]');
  expect(tensor.data).toEqual(reference(image, 'nchw', [0, 1, 2], [0, 0, 0], [1, 1, 1]));
});

test('scale 1 keeps samples from 0 to 255', async () => {
  const image = noise(7, 5, 3);
  expect(await convert(image, { layout: 'hwc', scale: 1 })).toMatchObject({ data: Float32Array.from(image.data) });
});

test('grey is the luma of the colours, one channel', async () => {
  const image = new Image('u8', 2, 1, 3, Uint8Array.of(255, 0, 0, 10, 200, 30));
  const tensor = await convert(image, { channels: 'grey', scale: 1 });
  expect(tensor.toString()).toBe('float32[1,1,1,2]');
  expect(tensor.data).toEqual(Float32Array.of(0.299 * 255, 0.299 * 10 + 0.587 * 200 + 0.114 * 30));
});

test('pictures of every depth give the same numbers', async () => {
  const bytes = noise(7, 5, 3);
  const expected = (await convert(bytes)).data as Float32Array;
  const deep = await convert(
    new Image(
      'u16',
      7,
      5,
      3,
      Uint16Array.from(bytes.data, (v) => v * 257),
    ),
  );
  const float = await convert(
    new Image(
      'f32',
      7,
      5,
      3,
      Float32Array.from(bytes.data, (v) => v / 255),
    ),
  );
  expected.forEach((value, i) => {
    expect(deep.data[i]).toBeCloseTo(value, 6);
    expect(float.data[i]).toBeCloseTo(value, 6);
  });
});

test('uint8 keeps samples, rounds and stays in its range; float16 is as near as it can be', async () => {
  const image = noise(7, 5, 3);
  const bytes = await convert(image, { layout: 'hwc', dtype: 'uint8', scale: 1 });
  expect([bytes.dtype, bytes.data]).toEqual(['uint8', image.data]);
  const clamped = await convert(image, { dtype: 'uint8', scale: 0.5 });
  expect(Math.max(...(clamped.data as Uint8Array))).toBe(255);
  const half = await convert(image, { dtype: 'float16' });
  expect(half.data).toEqual(Float16Array.from((await convert(image)).data as Float32Array));
});

test('numbers that do not fit the channels, and division by zero, are refused', async () => {
  const image = noise(2, 2, 3);
  expect((await refusal(convert(image, { mean: [1, 2] }), 'E_VALUE')).place.pin).toBe('mean');
  expect((await refusal(convert(image, { std: [] }), 'E_VALUE')).place.pin).toBe('std');
  expect((await refusal(convert(image, { std: [1, 0, 1] }), 'E_VALUE')).place.pin).toBe('std');
  expect((await refusal(convert(image, { scale: 0 }), 'E_VALUE')).place.pin).toBe('scale');
  await refusal(convert(image, { channels: 'grey', mean: [1, 2, 3] }), 'E_VALUE');
});
