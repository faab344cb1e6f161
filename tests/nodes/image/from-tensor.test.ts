import { describe, expect, test } from 'vitest';
import fromTensor from '../../../nodes/image/from-tensor.ts';
import fromImage from '../../../nodes/tensor/from-image.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { runNode } from '../node-context.ts';
import { noise, refusal } from './pictures.ts';

const pictureOf = async (tensor: Tensor, inputs: object = {}) =>
  (await runNode<{ image: Image }>(fromTensor, { tensor, ...inputs })).image;
const floats = (shape: readonly number[], values: readonly number[]) =>
  new Tensor('float32', shape, Float32Array.from(values));

describe('image/from-tensor', () => {
  test.each(['nchw', 'nhwc', 'chw', 'hwc'])('undoes Image to tensor in the layout %s', async (layout) => {
    for (const channels of ['rgb', 'bgr', 'grey']) {
      const image = noise(7, 5, channels === 'grey' ? 1 : 3);
      const { tensor } = await runNode<{ tensor: Tensor }>(fromImage, { image, layout, channels });
      expect(await pictureOf(tensor, { layout, channels: channels === 'bgr' ? 'bgr' : 'rgb' })).toEqual(image);
    }
  });

  test('takes a plane, transparency, and numbers of other types and scales', async () => {
    expect(await pictureOf(floats([1, 2], [0, 1]), { layout: 'hw' })).toMatchObject({
      width: 2,
      height: 1,
      channels: 1,
    });
    const rgba = await pictureOf(floats([1, 1, 4], [0, 0.5, 1, 0.25]), { layout: 'hwc' });
    expect([...rgba.data]).toEqual([0, 128, 255, 64]);
    const bytes = new Tensor('uint8', [1, 1, 3], Uint8Array.of(1, 2, 3));
    expect([...(await pictureOf(bytes, { layout: 'hwc', scale: 1 })).data]).toEqual([1, 2, 3]);
    const wide = new Tensor('int64', [1, 2], BigInt64Array.of(7n, 300n));
    expect([...(await pictureOf(wide, { layout: 'hw', scale: 1 })).data]).toEqual([7, 255]);
  });

  test('cuts off what lies beyond black and white, at every depth', async () => {
    const tensor = floats([1, 3], [-0.5, 0.5, 1.5]);
    const samples = async (depth: string) => [...(await pictureOf(tensor, { layout: 'hw', depth })).data];
    expect(await samples('u8')).toEqual([0, 128, 255]);
    expect(await samples('u16')).toEqual([0, 32768, 65535]);
    expect(await samples('f32')).toEqual([0, 0.5, 1]);
  });

  test.each<[string, Tensor, object]>([
    ['several pictures', floats([2, 1, 1, 1], [0, 0]), {}],
    ['two channels', floats([1, 2, 1, 1], [0, 0]), {}],
    ['another rank', floats([1, 1], [0]), {}],
    ['no pixels', floats([1, 3, 0, 4], []), {}],
    ['text', new Tensor('string', [1, 1], ['a']), { layout: 'hw' }],
  ])('refuses %s', async (_, tensor, inputs) => {
    const error = await refusal(pictureOf(tensor, inputs), 'E_VALUE');
    expect(error.place.pin).toBe('tensor');
  });
});
