import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { InferenceSession } from 'onnxruntime-node';
import { PbfWriter } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeModel, type ModelDescription, readModelContents } from '../../src/main/models/describe-model.ts';
import type { ErrorCode } from '../../src/shared/node-api/error-codes.ts';
import { Tensor } from '../../src/shared/node-api/tensor.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { buildModel, type ModelSpec, type ValueType } from '../onnx/build-model.ts';
import {
  addModel,
  customOperatorModel,
  externalDataModel,
  identityModel,
  slowModel,
  squareDetectorModel,
} from '../onnx/models.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weft-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function describeBytes(content: Uint8Array | string, name = 'model.onnx'): Promise<ModelDescription> {
  return describeModel(await fileOf(name, content));
}

async function refusal(description: Promise<unknown>): Promise<WeftError> {
  const error = await description.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WeftError)) throw new Error('no WeftError', { cause: error });
  return error;
}

function modelWith(port: ValueType, extra: Partial<ModelSpec> = {}): Uint8Array {
  return buildModel({
    inputs: [{ name: 'x', ...port }],
    outputs: [{ name: 'y', ...port }],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    ...extra,
  });
}

describe('a description', () => {
  test('has the ports, metadata, operators and digest of the file', async () => {
    const bytes = squareDetectorModel();
    expect(await describeBytes(bytes, 'squares.onnx')).toEqual({
      path: join(folder, 'squares.onnx'),
      bytes: bytes.length,
      digest: createHash('sha256').update(bytes).digest('hex'),
      signature: {
        inputs: [{ name: 'images', dtype: 'float32', shape: [1, 3, 320, 320] }],
        outputs: [{ name: 'output0', dtype: 'float32', shape: [1, 7, 1369] }],
      },
      metadata: {
        task: 'detect',
        stride: '8',
        imgsz: '[320, 320]',
        names: "{0: 'red', 1: 'green', 2: 'blue'}",
      },
      opsets: { 'ai.onnx': 17 },
      irVersion: 8,
      producer: 'weft-tests',
      weights: [
        { type: 'float32', count: 5490 },
        { type: 'int64', count: 3 },
      ],
      operators: ['AveragePool', 'Clip', 'Concat', 'Conv', 'Reshape'].map((name) => ({ name, count: 1 })),
      externalData: [],
      unsupported: [],
      customOperators: [],
    });
  });

  test('keeps the symbols of open dimensions, and null for those without a name', async () => {
    const { signature } = await describeBytes(identityModel('uint8', ['batch', null, 3]));
    expect(signature.inputs).toEqual([{ name: 'input', dtype: 'uint8', shape: ['batch', null, 3] }]);
  });

  test('tells a scalar from a tensor of any rank', async () => {
    const scalar = await describeBytes(modelWith({ dtype: 'int64', shape: [] }));
    expect(scalar.signature.outputs[0].shape).toEqual([]);
    const anyRank = await describeBytes(modelWith({ dtype: 'int64', shape: null }));
    expect(anyRank.signature.outputs[0].shape).toBeNull();
  });

  test('reads a dimension of −1 as open', async () => {
    const { signature } = await describeBytes(identityModel('float32', [-1, 3]));
    expect(signature.inputs[0].shape).toEqual([null, 3]);
  });

  test('leaves out inputs that have a weight as their default', async () => {
    const { signature } = await describeBytes(
      buildModel({
        inputs: [
          { name: 'x', dtype: 'float32', shape: [1] },
          { name: 'weight', dtype: 'float32', shape: [1] },
        ],
        outputs: [{ name: 'y', dtype: 'float32', shape: [1] }],
        nodes: [{ op: 'Add', inputs: ['x', 'weight'], outputs: ['y'] }],
        initializers: [{ name: 'weight', tensor: new Tensor('float32', [1], Float32Array.of(1)) }],
      }),
    );
    expect(signature.inputs.map((port) => port.name)).toEqual(['x']);
  });

  test('counts the operators of subgraphs too, and no ports of theirs', async () => {
    const { operators, signature } = await describeBytes(slowModel(1));
    expect(operators).toEqual([
      { name: 'Identity', count: 1 },
      { name: 'Loop', count: 1 },
      { name: 'MatMul', count: 1 },
    ]);
    expect(signature.inputs.map((port) => port.name)).toEqual(['input']);
  });

  test.each([
    ['int4', { dtype: 'int4', shape: [2] }],
    ['uint4', { dtype: 'uint4', shape: [2] }],
    ['float8e5m2', { dtype: 'float8e5m2', shape: [2] }],
    ['bfloat16', { dtype: 'bfloat16', shape: [2] }],
    ['complex64', { dtype: 'complex64', shape: [2] }],
    ['sequence', { sequenceOf: { dtype: 'float32', shape: [] } }],
    ['optional', { optionalOf: { dtype: 'float32', shape: [] } }],
    ['map', { mapFrom: 'int64', to: { dtype: 'float32', shape: [] } }],
  ] as const)('names ports of type %s as unsupported', async (type, port) => {
    const { unsupported, signature } = await describeBytes(modelWith(port));
    expect(unsupported).toEqual([
      { port: 'x', type },
      { port: 'y', type },
    ]);
    expect(signature).toEqual({ inputs: [], outputs: [] });
  });

  test('names operators of a domain that ONNX Runtime does not have', async () => {
    expect((await describeBytes(customOperatorModel())).customOperators).toEqual(['com.example:Entangle']);
  });

  test('does not hold the weights', async () => {
    const weights = 256 * 1024 * 1024;
    const path = await fileOf('large.onnx', withHoleOfWeights(addModel(1), weights));
    const model = readFileSync(path).length;
    await truncate(path, model + weights);
    const before = process.memoryUsage().arrayBuffers;
    const { bytes, signature } = await describeModel(path);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(weights / 2);
    expect(bytes).toBe(model + weights);
    expect(signature.inputs).toHaveLength(1);
  });

  test('is read without the weights, however many there are, where nobody asks for the digest', async () => {
    // So many that hashing them would take longer than a test may.
    const weights = 64 * 1024 ** 3;
    const path = await fileOf('huge.onnx', withHoleOfWeights(addModel(1), weights));
    const model = readFileSync(path).length;
    await truncate(path, model + weights);
    const { bytes, signature } = await readModelContents(path);
    expect(bytes).toBe(model + weights);
    expect(signature.inputs).toHaveLength(1);
  });

  test('follows a file that was written anew', async () => {
    const first = await describeBytes(addModel(1), 'changing.onnx');
    const second = await describeBytes(addModel(2), 'changing.onnx');
    expect(second.digest).not.toBe(first.digest);
  });

  test('does not hash a file again whose size and time are the same', async () => {
    const path = await fileOf('timed.onnx', addModel(1));
    const time = new Date(2026, 0, 1);
    await utimes(path, time, time);
    const { digest } = await describeModel(path);
    await writeFile(path, addModel(2));
    await utimes(path, time, time);
    expect((await describeModel(path)).digest).toBe(digest);
  });
});

describe('weights in another file', () => {
  test('are found, and count in the digest', async () => {
    const weights = await fileOf('external/weights.bin', new Uint8Array(16));
    const before = await describeBytes(externalDataModel('weights.bin'), 'external/model.onnx');
    expect(before.externalData).toEqual([weights]);
    await writeFile(weights, new Uint8Array(17));
    expect((await describeModel(before.path)).digest).not.toBe(before.digest);
  });

  test('are named when their file is missing', async () => {
    const error = await refusal(describeBytes(externalDataModel('nowhere.bin')));
    expect(error.code).toBe('E_MODEL_MISSING');
    expect(error.message).toContain('nowhere.bin');
  });

  test.each(['../weights.bin', '/etc/passwd', 'a/../../weights.bin', '.'])('may not lie in %s', async (location) => {
    await fileOf('weights.bin', new Uint8Array(16));
    const error = await refusal(describeBytes(externalDataModel(location), 'inner/model.onnx'));
    expect(error.code).toBe('E_MODEL_LOAD');
    expect(error.message).toContain('outside its folder');
  });
});

describe('what is not a model', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /is empty/],
    ['a web page', '\n<!DOCTYPE html><html><body>Sign in</body></html>', /is a web page.*download it again/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n', /git lfs pull/],
    ['text', '{"error": "not found"}', /is a text file/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), /is not an ONNX model/],
    ['another protobuf message', Uint8Array.of(0x0a, 1, 0), /is not an ONNX model/],
    ['half a model', squareDetectorModel().subarray(0, 5000), /is cut off or damaged/],
  ])('%s is called by its name', async (_, content, sentence) => {
    const error = await refusal(describeBytes(content, 'yolo.onnx'));
    expect(error.code).toBe('E_MODEL_LOAD');
    expect(error.message).toMatch(/^yolo\.onnx is .*: .*\.$/);
    expect(error.message).toMatch(sentence);
  });

  test('a folder is E_MODEL_LOAD, a path to nothing E_MODEL_MISSING', async () => {
    expect((await refusal(describeModel(folder))).code).toBe('E_MODEL_LOAD');
    const missing = await refusal(describeModel(join(folder, 'none.onnx')));
    expect(missing.code).toBe('E_MODEL_MISSING');
    expect(missing.message).toContain(join(folder, 'none.onnx'));
  });

  test('damage anywhere gives a description or a WeftError, and nothing else', async () => {
    const sound = customOperatorModel();
    const damage = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte, cut }) => {
        const damaged = cut ? sound.slice(0, at) : sound.with(at, byte);
        const error = await describeBytes(damaged, 'damaged.onnx').catch((reason: unknown) => reason);
        if (error instanceof Error) expect(error).toBeInstanceOf(WeftError);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

const data = '../shared/data';
if (!existsSync(data)) console.log('skipped: no test data');

describe.skipIf(!existsSync(data))('the models of the test data', () => {
  const models = () => readdirSync(`${data}/models`).filter((name) => name.endsWith('.onnx'));

  test('have the signatures that ONNX Runtime reports', async () => {
    for (const name of models()) {
      const { signature, unsupported } = await describeModel(`${data}/models/${name}`);
      const session = await InferenceSession.create(`${data}/models/${name}`, { logSeverityLevel: 3 });
      try {
        expect(signature.inputs, name).toEqual(session.inputMetadata.map(port));
        expect(signature.outputs, name).toEqual(session.outputMetadata.map(port));
        expect(unsupported, name).toEqual([]);
      } finally {
        await session.release();
      }
    }
  });

  const refused: Readonly<Record<string, ErrorCode>> = {
    'derived-truncated-50pct-yolov8n_int8.onnx': 'E_MODEL_LOAD',
    'git-lfs-pointer-yunet_2023mar.onnx': 'E_MODEL_LOAD',
    'html-page-yunet.onnx': 'E_MODEL_LOAD',
    'missing-external-data-mnist.onnx': 'E_MODEL_MISSING',
    'zero-byte-sceneseg_int8.onnx': 'E_MODEL_LOAD',
  };
  const unsupported: Readonly<Record<string, readonly string[]>> = {
    'ABORTS-NODE-int4-output.onnx': ['output: int4'],
    'float8-output.onnx': ['output: float8e4m3fn'],
    'sequence-input.onnx': ['x: sequence', 'y: sequence'],
    'unregistered-custom-op-superres.onnx': [
      'com.microsoft.extensions:DecodeImage',
      'com.microsoft.extensions:EncodeImage',
    ],
    'derived-nan-weights-mnist.onnx': [],
    'string-output.onnx': [],
  };

  test('are refused or described when they are bad', async () => {
    expect(readdirSync(`${data}/bad/onnx`).sort()).toEqual(Object.keys({ ...refused, ...unsupported }).sort());
    for (const [name, code] of Object.entries(refused)) {
      expect((await refusal(describeModel(`${data}/bad/onnx/${name}`))).code, name).toBe(code);
    }
    for (const [name, parts] of Object.entries(unsupported)) {
      const description = await describeModel(`${data}/bad/onnx/${name}`);
      const ports = description.unsupported.map(({ port, type }) => `${port}: ${type}`);
      expect([...ports, ...description.customOperators], name).toEqual(parts);
    }
  });
});

function port(value: InferenceSession.ValueMetadata) {
  if (!value.isTensor) throw new Error(`${value.name} is not a tensor.`);
  return { name: value.name, dtype: value.type, shape: value.shape };
}

/** Adds the beginning of one more weight, whose `bytes` bytes are to follow: a message given in two parts is one. */
function withHoleOfWeights(model: Uint8Array, bytes: number): Uint8Array {
  const weight = message((pbf) => {
    pbf.writeStringField(8, 'large');
    beginField(pbf, 9, bytes);
  });
  const initializer = message((pbf) => beginField(pbf, 5, weight.length + bytes));
  const graph = message((pbf) => beginField(pbf, 7, initializer.length + weight.length + bytes));
  return Buffer.concat([model, graph, initializer, weight]);
}

function message(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}

function beginField(pbf: PbfWriter, number: number, bytes: number): void {
  pbf.writeTag(number, 2);
  pbf.writeVarint(bytes);
}
