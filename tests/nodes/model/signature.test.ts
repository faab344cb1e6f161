import { describe, expect, test } from 'vitest';
import info from '../../../nodes/model/info.ts';
import inputSize from '../../../nodes/model/input-size.ts';
import type { TensorPort } from '../../../src/shared/types/pin-type.ts';
import { runNode } from '../node-context.ts';
import { modelOf, port } from './models.ts';

describe('model/info', () => {
  test('gives signature and metadata as data and as text', async () => {
    const images = port('images', ['N', 3, null, 640]);
    const boxes = port('boxes', null);
    expect(await runNode(info, { model: modelOf([images], [boxes], { task: 'detect' }) })).toEqual({
      signature: { inputs: [images], outputs: [boxes] },
      metadata: { task: 'detect' },
      text: 'm.onnx (cpu)\ninput images float32[N,3,?,640]\noutput boxes float32[…]\ntask: detect',
    });
  });
});

describe('model/input-size', () => {
  test.each<[string, TensorPort['shape'], object]>([
    ['channels first', [1, 3, 480, 640], { width: 640, height: 480 }],
    ['channels last', [1, 240, 320, 3], { width: 320, height: 240 }],
    ['grey', [1, 1, 28, 28], { width: 28, height: 28 }],
    ['a batch of any number', ['N', 3, 320, 320], { width: 320, height: 320 }],
    ['any size', [1, 3, 'height', null], { width: 640, height: 640 }],
    ['any width', [1, 3, 480, 'width'], { width: 640, height: 480 }],
  ])('%s', async (_, shape, size) => {
    expect(await runNode(inputSize, { model: modelOf([port('images', shape)]) })).toEqual(size);
  });

  test('the size of a model that takes any is for the person to say', async () => {
    const model = modelOf([port('images', [1, 3, 'h', 'w'])]);
    expect(await runNode(inputSize, { model, fallback: 416 })).toEqual({ width: 416, height: 416 });
  });

  test.each<[string, readonly TensorPort[]]>([
    ['no inputs', []],
    ['a vector', [port('x', [1, 10])]],
    ['an input of unknown shape', [port('x', null)]],
    ['neither 1, 3 nor 4 channels', [port('x', [1, 16, 20, 20])]],
  ])('refuses a model with %s', async (_, inputs) => {
    await expect(runNode(inputSize, { model: modelOf(inputs) })).rejects.toMatchObject({
      code: 'E_VALUE',
      place: { pin: 'model' },
    });
  });
});
