import { describe, expect, test } from 'vitest';
import prepare from '../../../nodes/detect/prepare.ts';
import letterbox from '../../../nodes/image/letterbox.ts';
import resize from '../../../nodes/image/resize.ts';
import fromImage from '../../../nodes/tensor/from-image.ts';
import type { Space } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import type { Model } from '../../../src/shared/node-api/model.ts';
import type { Tensor } from '../../../src/shared/node-api/tensor.ts';
import type { TensorPort } from '../../../src/shared/types/pin-type.ts';
import { noise, picture } from '../image/pictures.ts';
import { modelOf, port } from '../model/models.ts';
import { runNode } from '../node-context.ts';

interface Prepared {
  readonly tensor: Tensor<'float32'>;
  readonly space: Space;
  readonly family: string;
}

const prepared = (image: Image, model: Model, inputs: object = {}) =>
  runNode<Prepared>(prepare, { image, model, ...inputs });

/** A model of a family: its input, then its outputs. */
function detector(input: TensorPort['shape'], ...outputs: TensorPort[]): Model {
  return modelOf([port('images', input)], outputs);
}

const YOLOV8 = detector([1, 3, 96, 96], port('output0', [1, 84, 189]));
const YOLOX = detector([1, 3, 96, 96], port('output', [1, 189, 85]));
const NANODET = detector(
  [1, 3, 96, 96],
  ...[144, 36, 9].flatMap((cells) => [port(`c${cells}`, [1, cells, 80]), port(`d${cells}`, [1, cells, 32])]),
);
const DFINE = detector([1, 3, 96, 96], port('logits', [1, 300, 80]), port('pred_boxes', [1, 300, 4]));
const RFDETR = detector([1, 3, 96, 96], port('dets', [1, 300, 4]), port('labels', [1, 300, 91]));
const ULTRAFACE = detector([1, 3, 48, 64], port('scores', [1, 180, 2]), port('boxes', [1, 180, 4]));
const YUNET = detector(
  [1, 3, 'height', 'width'],
  ...[8, 16, 32].flatMap((stride) =>
    Object.entries({ cls: 1, obj: 1, bbox: 4, kps: 10 }).map(([part, width]) =>
      port(`${part}_${stride}`, [1, null, width]),
    ),
  ),
);

/** The sample of the tensor at a place, [channel, y, x]. */
function at({ data, shape }: Tensor<'float32'>, channel: number, y: number, x: number): number {
  const [, , height, width] = shape;
  return data[(channel * height + y) * width + x];
}

describe('detect/prepare', () => {
  test.each([
    ['u8', noise(150, 70, 3)],
    ['grey', noise(70, 150, 1)],
    ['transparent', noise(70, 50, 4)],
    [
      'u16',
      new Image(
        'u16',
        30,
        20,
        3,
        Uint16Array.from(noise(30, 20, 3).data, (sample) => sample * 257),
      ),
    ],
    [
      'f32',
      new Image(
        'f32',
        30,
        20,
        3,
        Float32Array.from(noise(30, 20, 3).data, (sample) => sample / 255),
      ),
    ],
  ])('gives YOLO, sample for sample, what Letterbox and Image to tensor give: %s', async (_, image) => {
    const { tensor, space, family } = await prepared(image, YOLOV8);
    const boxed = await runNode<{ image: Image; space: Space }>(letterbox, { image, width: 96, height: 96 });
    const expected = await runNode<{ tensor: Tensor }>(fromImage, { image: boxed.image });
    expect(tensor).toEqual(expected.tensor);
    expect(space).toEqual(boxed.space);
    expect(family).toBe('yolov8');
  });

  test('gives YOLOX blue first, 0–255, in the top left corner', async () => {
    const image = picture(48, 24, 3, (_x, _y, channel) => [10, 20, 30][channel]);
    const { tensor, space, family } = await prepared(image, YOLOX);
    expect(family).toBe('yolox');
    expect([0, 1, 2].map((channel) => at(tensor, channel, 0, 0))).toEqual([30, 20, 10]);
    expect([at(tensor, 0, 47, 95), at(tensor, 0, 48, 0)]).toEqual([30, 114]);
    expect(space).toMatchObject({ width: 96, height: 96, scale: 2, scaleY: 2, padX: 0, padY: 0 });
  });

  test('gives NanoDet blue first, by its mean and deviation, centred in black', async () => {
    const image = picture(48, 24, 3, (_x, _y, channel) => [10, 20, 30][channel]);
    const { tensor, space, family } = await prepared(image, NANODET);
    expect(family).toBe('nanodet');
    const centre = [0, 1, 2].map((channel) => at(tensor, channel, 48, 48));
    const corner = [0, 1, 2].map((channel) => at(tensor, channel, 0, 0));
    [(30 - 103.53) / 57.375, (20 - 116.28) / 57.12, (10 - 123.675) / 58.395].forEach((expected, i) => {
      expect(centre[i]).toBeCloseTo(expected, 5);
    });
    [-103.53 / 57.375, -116.28 / 57.12, -123.675 / 58.395].forEach((expected, i) => {
      expect(corner[i]).toBeCloseTo(expected, 5);
    });
    expect(space).toMatchObject({ scale: 2, padX: 0, padY: 24 });
  });

  test.each([
    ['detr', DFINE, {}],
    ['rf-detr', RFDETR, { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }],
    ['ultraface', ULTRAFACE, { scale: 1, mean: [127], std: [128] }],
  ])('stretches pictures for %s', async (name, model, normalization) => {
    const image = noise(150, 70, 3);
    const { tensor, space, family } = await prepared(image, model);
    const [, , height, width] = tensor.shape;
    const size = { image, width, height, method: 'bilinear' };
    const stretched = await runNode<{ image: Image; space: Space }>(resize, size);
    const expected = await runNode<{ tensor: Tensor }>(fromImage, { image: stretched.image, ...normalization });
    expect(family).toBe(name);
    expect(tensor).toEqual(expected.tensor);
    expect(space).toEqual(stretched.space);
  });

  test.each([
    [100, 50, 128, 64, 1],
    [1280, 720, 640, 384, 0.5],
    [640, 640, 640, 640, 1],
    [30, 3000, 32, 640, 640 / 3000],
  ])('a model of any size gets %i×%i as %i×%i, never enlarged', async (width, height, toWidth, toHeight, scale) => {
    const { tensor, space } = await prepared(noise(width, height, 3), YUNET);
    expect(tensor.shape).toEqual([1, 3, toHeight, toWidth]);
    expect(space.scale).toBeCloseTo(scale, 6);
    expect(space).toMatchObject({ width: toWidth, height: toHeight, padX: 0, padY: 0 });
  });

  test('a picture that needs no scaling reaches YuNet as it is', async () => {
    const image = noise(50, 20, 3);
    const { tensor } = await prepared(image, YUNET);
    expect(at(tensor, 0, 19, 49)).toBe(image.data[(19 * 50 + 49) * 3 + 2]);
    expect(at(tensor, 2, 0, 0)).toBe(image.data[0]);
    expect([at(tensor, 0, 20, 0), at(tensor, 0, 0, 50)]).toEqual([0, 0]);
  });

  test('channels last and float16 are for models that take them', async () => {
    const input: TensorPort = { name: 'images', dtype: 'float16', shape: [1, 96, 96, 3] };
    const { tensor } = await prepared(noise(96, 96, 3), modelOf([input], [port('output0', [1, 84, 189])]));
    expect(tensor.dtype).toBe('float16');
    expect(tensor.shape).toEqual([1, 96, 96, 3]);
    expect(tensor.data[1]).toBeCloseTo(noise(96, 96, 3).data[1] / 255, 3);
  });

  test('a family that was chosen is taken', async () => {
    expect((await prepared(noise(20, 20, 3), YOLOX, { family: 'yolov8' })).space).toMatchObject({
      padX: 0,
      scale: 4.8,
    });
    expect((await prepared(noise(20, 20, 3), YOLOX, { family: 'yolov8' })).family).toBe('yolov8');
  });

  test.each<[string, Model, string]>([
    ['no picture', modelOf([port('x', [1, 10])], [port('output0', [1, 84, 189])]), 'model'],
    [
      'whole numbers',
      modelOf([{ name: 'x', dtype: 'uint8', shape: [1, 3, 96, 96] }], [port('o', [1, 84, 189])]),
      'model',
    ],
    ['one channel', detector([1, 1, 96, 96], port('output0', [1, 84, 189])), 'model'],
    ['outputs of no family', detector([1, 3, 96, 96], port('classes', [1, 1000])), 'family'],
  ])('refuses a model with %s', async (_, model, pin) => {
    await expect(prepared(noise(8, 8, 3), model)).rejects.toMatchObject({ code: 'E_VALUE', place: { pin } });
  });
});
