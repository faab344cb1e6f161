import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspectModel } from '../../src/main/models/inspect-model.ts';
import { purposeOf } from '../../src/main/models/model-purpose.ts';
import type { ModelContents } from '../../src/shared/protocol/model-inspection.ts';
import type { TensorPort } from '../../src/shared/types/pin-type.ts';

type Shape = TensorPort['shape'];

/** A model with these inputs and outputs: a shape each, or a shape and a name. */
function model(
  inputs: readonly Shape[],
  outputs: Readonly<Record<string, Shape>>,
  dtype: 'float32' | 'uint8' = 'float32',
) {
  const contents: ModelContents = {
    path: '/m.onnx',
    bytes: 1,
    signature: {
      inputs: inputs.map((shape, index) => ({ name: `in${index}`, dtype, shape })),
      outputs: Object.entries(outputs).map(([name, shape]) => ({ name, dtype: 'float32', shape })),
    },
    metadata: {},
    irVersion: 8,
    opsets: {},
    producer: '',
    operators: [],
    weights: [],
    externalData: [],
    unsupported: [],
    customOperators: [],
  };
  return purposeOf(contents);
}

const PICTURE = [1, 3, 640, 640];

describe('a model is taken for', () => {
  test.each<[string, string, ReturnType<typeof model>]>([
    ['detect', 'yolov8', model([PICTURE], { output0: [1, 84, 8400] })],
    ['detect', 'yolov5', model([PICTURE], { output0: [1, 25200, 85] })],
    ['detect', 'yolox', model([PICTURE], { output: [1, 8400, 85] })],
    ['detect', 'detr', model([PICTURE], { logits: [1, 300, 80], pred_boxes: [1, 300, 4] })],
    ['segment', 'yolov8', model([PICTURE], { output0: [1, 116, 8400], output1: [1, 32, 160, 160] })],
  ])('%s of the family %s', (task, family, purpose) => {
    expect(purpose).toMatchObject({ task, family });
    expect(purpose.reason).toMatch(/^Its outputs are those of .*\.$/);
  });

  test('a classifier by its one output, also with axes of length 1 behind it, and with channels last', () => {
    const classifier = { task: 'classify', family: null };
    expect(model([[1, 3, 224, 224]], { y: [1, 1000] })).toMatchObject(classifier);
    expect(model([[1, 3, 224, 224]], { y: ['N', 1000, 1, 1] })).toMatchObject(classifier);
    expect(model([[1, 224, 224, 3]], { y: [1, 1000] })).toMatchObject(classifier);
    expect(model([[1, 3, 224, 224]], { y: [1, 1] })).toMatchObject({ task: null });
  });

  test('one that enlarges by its output, where the sample can give it three channels at once', () => {
    expect(model([['N', 1, 224, 224]], { y: ['N', 1, 672, 672] })).toEqual({
      task: 'upscale',
      family: null,
      reason: 'Its output `y` [N, 1, 672, 672] is its input, 3 times as large.',
    });
    expect(model([[1, 1, 224, 224]], { y: [1, 1, 672, 672] })).toMatchObject({ task: null });
    expect(model([['N', 1, 224, 224]], { y: ['N', 1, 224, 224] })).toMatchObject({ task: null });
    expect(model([['N', 1, null, null]], { y: ['N', 1, null, null] })).toMatchObject({ task: null });
  });
});

describe('what is missing is said of a model that', () => {
  test('takes nothing, no picture, or more than a picture', () => {
    expect(model([], { y: [1, 84, 8400] }).reason).toMatch(/^It takes no tensor/);
    expect(model([[3, 'n']], { y: [1, 10] }).reason).toMatch(/^Its first input `in0` \[3, n\] is no picture/);
    expect(model([null], { y: [1, 10] }).reason).toMatch(/^Its first input `in0` \[…\] is no picture/);
    expect(model([PICTURE, [1, 2]], { y: [1, 84, 8400] }).reason).toMatch(/^It takes 2 inputs/);
  });

  test('gives what nothing takes, or takes pictures that detection models do not', () => {
    expect(model([PICTURE], { a: [1, 2, 3, 4, 5] })).toMatchObject({ task: null, family: null });
    expect(model([PICTURE], { y: [1, 84, 8400] }, 'uint8').task).toBeNull();
    expect(model([[1, 1, 640, 640]], { y: [1, 84, 8400] }).task).toBeNull();
  });
});

const data = '../shared/data';
if (!existsSync(data)) console.log('skipped: no test data');

describe.skipIf(!existsSync(data))('the models of the test data', () => {
  test.each([
    ['yolov8n-640-fp32-rebuilt', 'detect', 'yolov8'],
    ['yolov8n-seg-320-int8dyn', 'segment', 'yolov8'],
    ['yolox_nano', 'detect', 'yolox'],
    ['nanodet_m', 'detect', 'nanodet'],
    ['version-RFB-320', 'detect', 'ultraface'],
    ['face_detection_yunet_2026may', 'keypoints', 'yunet'],
    ['pytorch_super_resolution', 'upscale', null],
    ['mnist', 'classify', null],
    ['matmul-two-inputs', null, null],
  ])('%s', async (name, task, family) => {
    expect((await inspectModel(`${data}/models/${name}.onnx`)).purpose).toMatchObject({ task, family });
  });

  test('say what cannot run them: all backends, one, or none', async () => {
    const refused = async (name: string) =>
      (await inspectModel(`${data}/${name}.onnx`)).refusals.map(({ backend }) => backend);
    expect(await refused('models/mnist')).toEqual([]);
    expect((await refused('bad/onnx/ABORTS-NODE-int4-output')).length).toBeGreaterThan(5);
    expect((await refused('bad/onnx/unregistered-custom-op-superres')).length).toBeGreaterThan(5);
  });
});
