import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../../../nodes/stats/shared/relative-difference.ts';
import { mayHaveGpu } from '../../../src/main/isolates/inference/gpu-presence.ts';
import { nodeSpawner } from '../../../src/main/isolates/spawn-node.ts';
import { BACKEND_NAMES, type BackendName, type BackendStatus } from '../../../src/shared/node-api/backend.ts';
import { type NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { dataFile, describeWithData } from '../../nodes/test-data.ts';
import { buildModel } from '../../onnx/build-model.ts';
import {
  addModel,
  externalDataModel,
  identityModel,
  int4OutputModel,
  nonZeroModel,
  squareDetectorModel,
} from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const ordinary = { runId: 'run', signal: new AbortController().signal, parallel: 'single' } as const;

let bench: Workbench;
let statuses: readonly BackendStatus[];

beforeAll(async () => {
  bench = new Workbench();
  statuses = await bench.inference.backends();
  if (!statusOf('webgpu').available) console.log('skipped: no webgpu here');
});
afterAll(() => bench[Symbol.asyncDispose]());

function statusOf(name: BackendName): BackendStatus {
  const status = statuses.find((candidate) => candidate.name === name);
  if (status === undefined) throw new Error(`Nothing is said of ${name}.`);
  return status;
}

describe('the backends of a machine', () => {
  test('are told by name, every one, with a reason and a remedy where it is not there', () => {
    expect(statuses.map(({ name }) => name)).toEqual(BACKEND_NAMES);
    for (const status of statuses) {
      if (status.available) continue;
      expect(status.reason).toMatch(/^\S.*[^.]$/);
      expect(status.remedy).toMatch(/^[a-z].*[^.]$/);
    }
  });

  test('are cpu and wasm everywhere, on a processor with a name', () => {
    expect(statusOf('cpu')).toMatchObject({ available: true, software: false });
    expect(statusOf('wasm')).toEqual({ ...statusOf('cpu'), name: 'wasm' });
  });

  test('are never openvino and npu, which ONNX Runtime for Node does not have', () => {
    for (const name of ['openvino', 'npu'] as const) {
      expect(statusOf(name)).toMatchObject({
        available: false,
        reason: expect.stringContaining('ONNX Runtime for Node'),
      });
    }
  });

  test.runIf(process.platform === 'linux')('are not those of other systems', () => {
    expect(statusOf('directml')).toMatchObject({ available: false, remedy: expect.stringContaining('Windows') });
    expect(statusOf('coreml')).toMatchObject({ available: false, remedy: expect.stringContaining('Mac') });
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'keep what ONNX Runtime said where it has a backend that does not work',
    () => {
      for (const name of ['cuda', 'tensorrt'] as const) {
        const status = statusOf(name);
        if (!status.available) expect(status.cause).toMatch(/failed|error/i);
      }
    },
  );

  test('that do not work leave no process behind', () => {
    for (const { name, available } of statuses) {
      if (!available) expect(bench.inference.stats(name)).toMatchObject({ single: { processes: [], waiting: 0 } });
    }
  });

  test('cost nothing but themselves when they end their process', async () => {
    const inference = fileURLToPath(new URL('./dying-isolate.ts', import.meta.url));
    await using deadly = new Workbench({ spawner: nodeSpawner({ inference }) });
    expect((await deadly.inference.backends()).find(({ name }) => name === 'wasm')).toMatchObject({
      available: false,
      reason: 'a small model ended its process',
      cause: expect.stringMatching(/^Its process ended with SIGABRT\./),
    });
    await expect(deadly.load(addModel(1), { backend: 'wasm' })).rejects.toMatchObject({
      code: 'E_BACKEND_MISSING',
      cause: { message: expect.stringContaining('SIGABRT') },
    });
  });
});

/** Results on a backend and on cpu, with which they shall agree. */
async function bothResults(model: string, inputs: ReadonlyMap<string, Tensor>, backend: BackendName) {
  const allocate = (dtype: NumericDType, shape: readonly number[]) => bench.scope.tensor(dtype, shape);
  const run = async (name: BackendName) =>
    bench.inference.run(await bench.inference.load(model, name, ordinary), inputs, { ...ordinary, allocate });
  return { reference: await run('cpu'), outputs: await run(backend) };
}

/** The same numbers each time, between 0 and 1. */
function noise(shape: readonly number[]): Tensor<'float32'> {
  const tensor = bench.scope.tensor('float32', shape);
  let seed = 1;
  for (let i = 0; i < tensor.data.length; i++) {
    seed = (seed * 16_807) % 2_147_483_647;
    tensor.data[i] = seed / 2_147_483_647;
  }
  return tensor;
}

describe.each(['wasm', 'webgpu'] as const)('%s', (backend) => {
  test('agrees with cpu on a detector', async ({ skip }) => {
    skipUnlessAvailable(skip);
    const model = bench.write(squareDetectorModel(), 'squares.onnx');
    const { reference, outputs } = await bothResults(model, new Map([['images', noise([1, 3, 320, 320])]]), backend);
    expect(outputs.get('output0')?.toString()).toBe('float32[1,7,1369]');
    expect(relativeDifference(reference, outputs)).toBeLessThan(1e-3);
  });

  test('gives outputs that have another shape than the file says, twice', async ({ skip }) => {
    skipUnlessAvailable(skip);
    const lying = buildModel({
      inputs: [{ name: 'input', dtype: 'float32', shape: ['count'] }],
      outputs: [{ name: 'output', dtype: 'float32', shape: [4_000] }],
      nodes: [{ op: 'Add', inputs: ['input', 'input'], outputs: ['output'] }],
    });
    const model = bench.write(lying, 'lying.onnx');
    for (const count of [8_000, 8_000, 4_000]) {
      const { outputs } = await bothResults(model, new Map([['input', noise([count])]]), backend);
      expect(outputs.get('output')?.shape).toEqual([count]);
      expect(outputs.get('output')?.data[count - 1]).toBeGreaterThan(0);
    }
  });

  test('gives outputs whose shape depends on the values, and tensors of whole numbers', async ({ skip }) => {
    skipUnlessAvailable(skip);
    const model = bench.write(nonZeroModel(2_000), 'non-zero.onnx');
    const { reference, outputs } = await bothResults(model, new Map([['input', noise([2_000])]]), backend);
    expect(outputs.get('indices')?.data).toEqual(reference.get('indices')?.data);
  });

  test('passes text through', async ({ skip }) => {
    skipUnlessAvailable(skip);
    const model = bench.write(identityModel('string', ['count']), 'text.onnx');
    const input = new Tensor('string', [2], ['grüße', '🧶']);
    const { outputs } = await bothResults(model, new Map([['input', input]]), backend);
    expect(outputs.get('output')).toEqual(input);
  });

  function skipUnlessAvailable(skip: (note: string) => void): void {
    if (!statusOf(backend).available) skip(`no ${backend} here`);
  }
});

describeWithData('models that people have', () => {
  test.for(['wasm', 'webgpu'] as const)('RFB-320 gives the same on %s as on cpu', async (backend, { skip }) => {
    if (!statusOf(backend).available) skip(`no ${backend} here`);
    const inputs = new Map([['input', noise([1, 3, 240, 320])]]);
    const { reference, outputs } = await bothResults(dataFile('models/version-RFB-320.onnx'), inputs, backend);
    expect([...outputs.keys()]).toEqual(['scores', 'boxes']);
    expect(relativeDifference(reference, outputs)).toBeLessThan(1e-3);
  });
});

test.skipIf(mayHaveGpu())('without a graphics card auto is cpu, and no other backend is tried', async () => {
  await using fresh = new Workbench();
  expect(await fresh.load(addModel(1))).toMatchObject({ backend: 'cpu' });
  for (const name of BACKEND_NAMES) {
    expect(fresh.inference.stats(name).single.processes).toHaveLength(name === 'cpu' ? 1 : 0);
  }
});

test('three deaths block a model on the backend where they happened, and on no other', async () => {
  await using deadly = new Workbench({ refuseUnsupported: false });
  const model = await deadly.load(int4OutputModel());
  const input = new Tensor('float32', [4], new Float32Array(4));
  const ends = await Promise.allSettled(Array.from({ length: 4 }, () => deadly.run(model, { input })));
  expect(ends.at(-1)).toMatchObject({ reason: { code: 'E_MODEL_BLOCKED' } });
  expect(await deadly.load(int4OutputModel(), { backend: 'wasm' })).toMatchObject({ backend: 'wasm' });
});

test('wasm refuses a model whose weights lie in another file, by name', async () => {
  const path = bench.write(externalDataModel('weights.bin'), 'external.onnx');
  writeFileSync(path.replace('external.onnx', 'weights.bin'), new Uint8Array(16));
  await bench.inference.load(path, 'cpu', ordinary);
  await expect(bench.inference.load(path, 'wasm', ordinary)).rejects.toMatchObject({
    code: 'E_MODEL_UNSUPPORTED',
    message: expect.stringContaining('weights.bin'),
  });
});
