import { describe, expect, test } from 'vitest';
import decode from '../../../nodes/detect/decode.ts';
import type { FamilyName } from '../../../nodes/detect/shared/families.ts';
import { type Detections, ownSpace } from '../../../src/shared/node-api/detections.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { runNode } from '../node-context.ts';

// Outputs are built from each family's published layout, so that every number of the boxes is known beforehand.

interface Found {
  readonly box: readonly number[];
  readonly score: number;
  readonly label: string;
}

type Elements = Record<number, number>;

/** A tensor of zeros but for the elements given by index. */
function tensor(shape: readonly number[], elements: Elements = {}): Tensor<'float32'> {
  const data = new Float32Array(shape.reduce((a, b) => a * b));
  for (const [index, value] of Object.entries(elements)) data[Number(index)] = value;
  return new Tensor('float32', shape, data);
}

/** Elements that follow each other. */
function row(start: number, values: readonly number[]): Elements {
  return Object.fromEntries(values.map((value, i) => [start + i, value]));
}

async function decoded(
  outputs: Record<string, Tensor>,
  [width, height]: readonly [number, number],
  inputs: object = {},
): Promise<Detections> {
  const given = { outputs: new Map(Object.entries(outputs)), space: ownSpace(width, height), ...inputs };
  return (await runNode<{ detections: Detections }>(decode, given)).detections;
}

/** Those with a score above 0.1, in their order. */
function found(detections: Detections): Found[] {
  return [...detections.scores.keys()]
    .filter((i) => detections.scores[i] > 0.1)
    .map((i) => ({
      box: [...detections.boxes.subarray(i * 4, i * 4 + 4)],
      score: detections.scores[i],
      label: detections.labelOf(i),
    }));
}

const person = 0;
const bus = 5;

describe('YOLOv5', () => {
  test('gives centre and size in pixels, and class scores that the objectness multiplies', async () => {
    const outputs = {
      output0: tensor([1, 25200, 85], {
        ...row(100 * 85, [100, 200, 20, 40, 0.5]),
        [100 * 85 + 5 + bus]: 0.75,
        [100 * 85 + 5 + person]: 0.25,
      }),
    };
    const detections = await decoded(outputs, [640, 640]);
    expect(found(detections)).toEqual([{ box: [90, 180, 110, 220], score: 0.375, label: 'bus' }]);
    expect(detections.origin?.oneEach).toBe(false);
  });
});

describe('end-to-end YOLO', () => {
  test('gives corners, score and class of each object, which suppression must leave alone', async () => {
    const outputs = { output0: tensor([1, 300, 6], row(6, [10, 20, 30, 60, 0.75, bus])) };
    const detections = await decoded(outputs, [640, 640]);
    expect(found(detections)).toEqual([{ box: [10, 20, 30, 60], score: 0.75, label: 'class 5' }]);
    expect(detections.origin?.oneEach).toBe(true);
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(found(await decoded(outputs, [640, 640], { labels }))[0].label).toBe('f');
  });
});

describe('YOLOX', () => {
  const features = 85;

  test.each([
    [416, 3549],
    [640, 8400],
  ])('at %i pixels gives %i cells, whose boxes are in strides from their corners', async (size, cells) => {
    const columns = size / 8;
    // Column 3, row 2 of stride 8; column 1, row 1 of stride 16; the last cell of stride 32.
    const fine = 2 * columns + 3;
    const middle = columns ** 2 + size / 16 + 1;
    const last = cells - 1;
    const outputs = {
      output: tensor([1, cells, features], {
        ...row(fine * features, [0.5, 0.25, 0, Math.log(2), 0.5]),
        [fine * features + 5 + bus]: 0.5,
        ...row(middle * features, [0, 0, Math.log(4), 0, 1]),
        [middle * features + 5 + person]: 0.5,
        ...row(last * features, [0.5, 0.5, 0, 0, 1]),
        [last * features + 5 + person]: 1,
      }),
    };
    const [first, second, third] = found(await decoded(outputs, [size, size]));
    expectFound(first, { box: [24, 10, 32, 26], score: 0.25, label: 'bus' });
    expectFound(second, { box: [-16, 8, 48, 24], score: 0.5, label: 'person' });
    expectFound(third, { box: [size - 32, size - 32, size, size], score: 1, label: 'person' });
  });

  test('refuses a grid of another size than its input', async () => {
    const outputs = { output: tensor([1, 3549, features]) };
    await expect(decoded(outputs, [640, 640], { family: 'yolox' })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringContaining('[1, 8400, 5 + classes]'),
    });
  });
});

describe('NanoDet', () => {
  const cells = { 8: 52 * 52, 16: 26 * 26, 32: 13 * 13 };

  /** Logits so far apart that the softmax has all its weight in one bin for each side. */
  function distances(count: number, cell: number, bins: readonly number[]): Tensor {
    const elements = bins.map((bin, side) => [cell * 32 + side * 8 + bin, 100]);
    return tensor([1, count, 32], Object.fromEntries(elements));
  }

  function outputsWith(scores: Tensor, distancesOf16: Tensor): Record<string, Tensor> {
    return {
      '792': tensor([1, cells[8], 80]),
      '814': scores,
      '836': tensor([1, cells[32], 80]),
      '795': tensor([1, cells[8], 32]),
      '817': distancesOf16,
      '839': tensor([1, cells[32], 32]),
    };
  }

  test('gives distances from the centre of a cell, as means of bins in strides', async () => {
    const cell = 26 * 4 + 10;
    const scores = tensor([1, cells[16], 80], { [cell * 80 + bus]: 0.625 });
    const outputs = outputsWith(scores, distances(cells[16], cell, [1, 2, 3, 7]));
    const [only, ...others] = found(await decoded(outputs, [416, 416]));
    expect(others).toEqual([]);
    expectFound(only, { box: [168 - 16, 72 - 32, 168 + 48, 72 + 112], score: 0.625, label: 'bus' });
  });

  test('weighs neighbouring bins', async () => {
    const even = tensor([1, cells[16], 32]);
    const outputs = outputsWith(tensor([1, cells[16], 80], { [bus]: 0.5 }), even);
    const [only] = found(await decoded(outputs, [416, 416]));
    // The mean of 0–7 is 3.5 strides.
    expectFound(only, { box: [8 - 56, 8 - 56, 8 + 56, 8 + 56], score: 0.5, label: 'bus' });
  });

  test('whatever the order and the names of the outputs', async () => {
    const cell = 5;
    const scores = tensor([1, cells[16], 80], { [cell * 80 + bus]: 0.625 });
    const outputs = outputsWith(scores, distances(cells[16], cell, [1, 1, 1, 1]));
    const shuffled = Object.fromEntries(Object.values(outputs).map((output, i) => [`output${(i * 5) % 6}`, output]));
    expect(found(await decoded(shuffled, [416, 416]))).toEqual(found(await decoded(outputs, [416, 416])));
  });
});

describe('D-FINE and RT-DETR', () => {
  const outputs = {
    logits: tensor([1, 300, 80], {
      ...Object.fromEntries(Array.from({ length: 300 * 80 }, (_, i) => [i, -20])),
      [7 * 80 + bus]: 0,
      [8 * 80 + person]: Math.log(3),
    }),
    pred_boxes: tensor([1, 300, 4], { ...row(7 * 4, [0.5, 0.25, 0.5, 0.25]), ...row(8 * 4, [0.5, 0.5, 1, 1]) }),
  };
  const expected = [
    { box: [160, 60, 480, 180], score: 0.5, label: 'bus' },
    { box: [0, 0, 640, 480], score: 0.75, label: 'person' },
  ];

  test('give parts of the input and logits', async () => {
    const detections = await decoded(outputs, [640, 480]);
    found(detections).forEach((one, i) => {
      expectFound(one, expected[i]);
    });
    expect(found(detections)).toHaveLength(2);
    expect(detections.origin?.oneEach).toBe(true);
  });

  test('are read by their sizes when the names are others', async () => {
    const renamed = { output0: outputs.pred_boxes, output1: outputs.logits };
    expect(found(await decoded(renamed, [640, 480]))).toEqual(found(await decoded(outputs, [640, 480])));
  });
});

describe('RF-DETR', () => {
  const logits = tensor([1, 300, 91], {
    ...Object.fromEntries(Array.from({ length: 300 * 91 }, (_, i) => [i, -20])),
    6: 0,
    [91 + 90]: 0,
  });
  const boxes = tensor([1, 300, 4], { ...row(0, [0.5, 0.5, 1, 1]), ...row(4, [0.25, 0.25, 0.5, 0.5]) });

  test.each([
    ['transformers', { logits, pred_boxes: boxes }],
    ['its own export', { dets: boxes, labels: logits }],
  ])('names COCO’s 91 categories, with the outputs of %s', async (_, outputs) => {
    const detections = await decoded(outputs, [560, 560]);
    expect(found(detections)).toEqual([
      { box: [0, 0, 560, 560], score: 0.5, label: 'bus' },
      { box: [0, 0, 280, 280], score: 0.5, label: 'toothbrush' },
    ]);
    expect([...detections.classIds.subarray(0, 2)]).toEqual([6, 90]);
    expect(detections.labels.slice(11, 14)).toEqual(['fire hydrant', 'class 12', 'stop sign']);
    expect(detections.origin?.oneEach).toBe(true);
  });
});

describe('YuNet', () => {
  /** Outputs for an input of 64 × 32 pixels with a face in column 1, row 0 of stride 16. */
  function outputsWith(cls: number, obj: number): Record<string, Tensor> {
    const outputs: Record<string, Tensor> = {};
    for (const [stride, cells] of [
      [8, 32],
      [16, 8],
      [32, 2],
    ]) {
      const here = (elements: Elements) => (stride === 16 ? elements : {});
      outputs[`cls_${stride}`] = tensor([1, cells, 1], here({ 1: cls }));
      outputs[`obj_${stride}`] = tensor([1, cells, 1], here({ 1: obj }));
      outputs[`bbox_${stride}`] = tensor([1, cells, 4], here(row(4, [0.5, 1, 0, Math.log(2)])));
      outputs[`kps_${stride}`] = tensor([1, cells, 10]);
    }
    return outputs;
  }

  test('gives centre from the corner of a cell, logarithms of the size, and a score that is a geometric mean', async () => {
    const [face, ...others] = found(await decoded(outputsWith(0.25, 1), [64, 32]));
    expect(others).toEqual([]);
    expectFound(face, { box: [16, 0, 32, 32], score: 0.5, label: 'face' });
  });

  test('scores beyond 0–1 are cut off before the mean', async () => {
    expect(found(await decoded(outputsWith(4, 1.5), [64, 32]))[0].score).toBe(1);
    expect(found(await decoded(outputsWith(-4, -1), [64, 32]))).toEqual([]);
  });
});

describe('UltraFace', () => {
  test('gives corners as parts of the picture and the scores of background and face', async () => {
    const outputs = {
      scores: tensor([1, 4420, 2], { 0: 1, 14: 0.25, 15: 0.75 }),
      boxes: tensor([1, 4420, 4], row(7 * 4, [0.25, 0.25, 0.5, 0.75])),
    };
    expect(found(await decoded(outputs, [320, 240]))).toEqual([
      { box: [80, 60, 160, 180], score: 0.75, label: 'face' },
    ]);
  });
});

describe('every family', () => {
  const families: [FamilyName, Record<string, Tensor>][] = [
    ['yolov5', { output0: tensor([1, 85, 8400, 1]) }],
    ['yolov8', { output0: tensor([1, 85, 8400, 1]) }],
    ['yolo-end2end', { output0: tensor([1, 300, 7]) }],
    ['yolox', { output: tensor([1, 300, 85]) }],
    ['nanodet', { cls: tensor([1, 2704, 80]), dis: tensor([1, 2704, 32]) }],
    ['detr', { logits: tensor([1, 300, 80]) }],
    ['rf-detr', { logits: tensor([1, 300, 80]), pred_boxes: tensor([1, 300, 5]) }],
    ['yunet', { cls_8: tensor([1, 6400, 1]) }],
    ['ultraface', { scores: tensor([1, 4420, 2]), boxes: tensor([1, 4419, 4]) }],
  ];

  test.each(families)('%s refuses outputs of another form in one sentence', async (family, outputs) => {
    await expect(decoded(outputs, [640, 640], { family })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringMatching(/^[^\n]+: [^\n.]+\.$/),
    });
  });

  test.each<[FamilyName, Record<string, Tensor>]>([
    ['yolov5', { output0: tensor([1, 25200, 85]) }],
    ['yolox', { output: tensor([1, 8400, 85]) }],
    ['detr', { logits: tensor([1, 300, 80]), pred_boxes: tensor([1, 300, 4]) }],
  ])('%s refuses labels of another model', async (family, outputs) => {
    await expect(decoded(outputs, [640, 640], { family, labels: ['a', 'b'] })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringMatching(/80 classes, but there are names of 2: /),
    });
  });
});

/** Distances pass through exp and log, which lose the last bits. */
function expectFound(actual: Found, expected: Found): void {
  expect(actual.label).toBe(expected.label);
  expect(actual.score).toBeCloseTo(expected.score, 6);
  expected.box.forEach((place, i) => {
    expect(actual.box[i]).toBeCloseTo(place, 3);
  });
}
