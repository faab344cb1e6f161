import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DType, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { dataFile, describeWithData } from '../../nodes/test-data.ts';
import { buildModel } from '../../onnx/build-model.ts';
import {
  customOperatorModel,
  externalDataModel,
  identityModel,
  int4OutputModel,
  matMulModel,
  sequenceOutputModel,
} from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

function zeros(dtype: NumericDType, shape: readonly number[]): Tensor {
  const count = shape.reduce((product, dim) => product * dim, 1);
  return new Tensor(dtype, shape, new NUMERIC_ARRAYS[dtype](count));
}

describe('a tensor that does not fit is refused with what to do about it', () => {
  const image: [dtype: DType, shape: (number | string)[]] = ['float32', [1, 3, 640, 640]];
  test.each<[Parameters<typeof identityModel>, Record<string, Tensor>, string]>([
    [
      image,
      { input: zeros('float32', [1, 3, 320, 320]) },
      'yolov8n.onnx needs float32[1,3,640,640] for `input`, but got float32[1,3,320,320]: set the letterbox to 640.',
    ],
    [
      ['float32', ['N', 3, 240, 320]],
      { input: zeros('float32', [2, 3, 320, 320]) },
      'yolov8n.onnx needs float32[N,3,240,320] for `input`, but got float32[2,3,320,320]: set the letterbox to 320×240.',
    ],
    [
      image,
      { input: zeros('float32', [3, 640, 640]) },
      'yolov8n.onnx needs float32[1,3,640,640] for `input`, but got float32[3,640,640]: add the batch dimension with tensor/add-batch.',
    ],
    [
      image,
      { input: zeros('float32', [1, 640, 640, 3]) },
      'yolov8n.onnx needs float32[1,3,640,640] for `input`, but got float32[1,640,640,3]: transpose it by [0,3,1,2].',
    ],
    [
      image,
      { input: zeros('uint8', [1, 3, 640, 640]) },
      'yolov8n.onnx needs float32[1,3,640,640] for `input`, but got uint8[1,3,640,640]: convert it to float32.',
    ],
    [
      ['int64', [7]],
      { input: zeros('int64', [8]) },
      'yolov8n.onnx needs int64[7] for `input`, but got int64[8]: give it that shape.',
    ],
    [image, {}, 'yolov8n.onnx needs float32[1,3,640,640] for `input`, but got nothing: give it a tensor of that name.'],
  ])('%s', async (signature, inputs, sentence) => {
    await using bench = new Workbench();
    const model = await bench.load(identityModel(...signature), { name: 'yolov8n.onnx' });
    await expect(bench.run(model, inputs)).rejects.toMatchObject({ code: 'E_MODEL_INPUT', message: sentence });
    expect(bench.arena.stats().loans).toBe(0);
  });

  test('a name that the model does not have is refused with the names it has', async () => {
    await using bench = new Workbench();
    const model = await bench.load(matMulModel(2, 2, 2));
    const tensor = zeros('float32', [2, 2]);
    await expect(bench.run(model, { a: tensor, c: tensor })).rejects.toMatchObject({
      code: 'E_MODEL_INPUT',
      message: 'model.onnx has no input `c`: give its tensors the names `a`, `b`.',
    });
  });
});

describe('a model that cannot be run is refused when it is loaded', () => {
  test.each<[string, () => Uint8Array, string, RegExp]>([
    ['an int4 output', int4OutputModel, 'E_MODEL_UNSUPPORTED', /^model\.onnx has `output` of type int4, which/],
    ['a sequence output', sequenceOutputModel, 'E_MODEL_UNSUPPORTED', /^model\.onnx has `parts` of type sequence/],
    ['a custom operator', customOperatorModel, 'E_MODEL_UNSUPPORTED', /com\.example:Entangle/],
    ['weights in a missing file', () => externalDataModel('gone.bin'), 'E_MODEL_MISSING', /gone\.bin/],
    ['no bytes', () => new Uint8Array(0), 'E_MODEL_LOAD', /empty/],
    ['half its bytes', () => identityModel('float32', [4]).subarray(0, 40), 'E_MODEL_LOAD', /^model\.onnx/],
  ])('%s', async (_, build, code, sentence) => {
    await using bench = new Workbench();
    await expect(bench.load(build())).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
  });

  const ports = {
    inputs: [{ name: 'x', dtype: 'float32', shape: [4] } as const],
    outputs: [{ name: 'y', dtype: 'float32', shape: [4] } as const],
  };
  test.each([
    ['an operator that does not exist', { op: 'Entangle' }, {}, 'E_MODEL_UNSUPPORTED', 'No Op registered for Entangle'],
    ['an opset of the future', { op: 'Identity' }, { opset: 99 }, 'E_MODEL_UNSUPPORTED', 'Opset 99'],
    ['a format of the future', { op: 'Identity' }, { irVersion: 99 }, 'E_MODEL_UNSUPPORTED', 'IR version: 99'],
    ['an input from nowhere', { op: 'Identity', inputs: ['z'] }, {}, 'E_MODEL_LOAD', "Node input 'z'"],
  ])('%s, with the text of ONNX Runtime as the cause', async (_, node, options, code, text) => {
    await using bench = new Workbench();
    const bytes = buildModel({ ...ports, ...options, nodes: [{ inputs: ['x'], outputs: ['y'], ...node }] });
    await expect(bench.load(bytes)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^model\.onnx .*: .*\.$/),
      cause: { message: expect.stringContaining(text) },
    });
    // The process that refused it serves others.
    await bench.load(identityModel('float32', [4]));
    expect(bench.inference.stats().single.processes).toHaveLength(1);
  });

  test('a file that is not there', async () => {
    await using bench = new Workbench();
    const path = join(bench.write(new Uint8Array(0)), '..', 'absent.onnx');
    await expect(
      bench.inference.load(path, 'auto', { runId: 'run', signal: new AbortController().signal, parallel: 'single' }),
    ).rejects.toMatchObject({ code: 'E_MODEL_MISSING' });
  });

  test('a backend that is not there is refused with the reason and how to get it', async () => {
    await using bench = new Workbench();
    const path = bench.write(identityModel('float32', [4]));
    await expect(
      bench.inference.load(path, 'openvino', {
        runId: 'run',
        signal: new AbortController().signal,
        parallel: 'single',
      }),
    ).rejects.toMatchObject({
      code: 'E_BACKEND_MISSING',
      message:
        'The backend openvino is not available, since ONNX Runtime for Node has no OpenVINO: use cpu for an Intel processor, or webgpu for its graphics.',
    });
  });
});

describeWithData('models that people have', () => {
  test.each([
    ['bad/onnx/ABORTS-NODE-int4-output.onnx', 'E_MODEL_UNSUPPORTED'],
    ['bad/onnx/derived-truncated-50pct-yolov8n_int8.onnx', 'E_MODEL_LOAD'],
    ['bad/onnx/float8-output.onnx', 'E_MODEL_UNSUPPORTED'],
    ['bad/onnx/git-lfs-pointer-yunet_2023mar.onnx', 'E_MODEL_LOAD'],
    ['bad/onnx/html-page-yunet.onnx', 'E_MODEL_LOAD'],
    ['bad/onnx/missing-external-data-mnist.onnx', 'E_MODEL_MISSING'],
    ['bad/onnx/sequence-input.onnx', 'E_MODEL_UNSUPPORTED'],
    ['bad/onnx/unregistered-custom-op-superres.onnx', 'E_MODEL_UNSUPPORTED'],
    ['bad/onnx/zero-byte-sceneseg_int8.onnx', 'E_MODEL_LOAD'],
  ])('%s is refused with %s', async (path, code) => {
    await using bench = new Workbench();
    const call = { runId: 'run', signal: new AbortController().signal, parallel: 'single' } as const;
    await expect(bench.inference.load(dataFile(path), 'auto', call)).rejects.toMatchObject({ code });
  });

  test.each([
    ['models/mnist.onnx', {}],
    ['models/yolov8n-640-fp32-rebuilt.onnx', {}],
    ['models/pytorch_super_resolution.onnx', { batch_size: 2 }],
    ['models/version-RFB-320.onnx', {}],
    ['bad/onnx/derived-nan-weights-mnist.onnx', {}],
  ])('%s runs', async (path, symbols: Record<string, number>) => {
    await using bench = new Workbench();
    const call = { runId: 'run', signal: new AbortController().signal, parallel: 'single' } as const;
    const model = await bench.inference.load(dataFile(path), 'auto', call);
    const inputs = model.signature.inputs.map(({ name, dtype, shape }) => {
      const numbers = shape?.map((dim) => (typeof dim === 'number' ? dim : (symbols[dim ?? ''] ?? 1))) ?? [];
      return [name, zeros(dtype as NumericDType, numbers)];
    });
    const outputs = await bench.run(model, Object.fromEntries(inputs));
    expect([...outputs.keys()]).toEqual(model.signature.outputs.map(({ name }) => name));
  });
});
