import { describe, expect, test } from 'vitest';
import benchmark from '../../../nodes/model/benchmark.ts';
import type { BenchmarkRequest, Models } from '../../../src/shared/node-api/context.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import type { ErrorCode } from '../../../src/shared/node-api/error-codes.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { WeftError } from '../../../src/shared/node-api/weft-error.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { AnsweringModels, modelOf, port } from './models.ts';

const tensor = new Tensor('float32', [1], Float32Array.of(1));
const outputs = new Map([['boxes', tensor]]);

class MeasuredModels extends AnsweringModels {
  asked: { path: string; request: BenchmarkRequest } | null = null;
  override benchmark: Models['benchmark'] = async (path, request) => {
    this.asked = { path, request };
    return { model: modelOf([port('images'), port('sizes')]), device: 'a processor', times: [3, 1, 2], outputs };
  };
}

class FailingModels extends AnsweringModels {
  constructor(code: ErrorCode) {
    super();
    this.benchmark = () => Promise.reject(new WeftError(code, 'It went wrong: do this.'));
  }
}

const run = (models: Models, inputs: object = {}) =>
  runNode(benchmark, { path: '/m.onnx', backend: 'cpu', input: tensor, ...inputs }, new HeapContext({ models }));

describe('model/benchmark', () => {
  test('warms up 3 times and measures 100 runs by default', async () => {
    const models = new MeasuredModels();
    await run(models);
    expect(models.asked).toMatchObject({ path: '/m.onnx', request: { backend: 'cpu', warmUp: 3, iterations: 100 } });
  });

  test('gives mean, percentiles, extremes, fps and all times in ms', async () => {
    const { result, benchmark: value } = await run(new MeasuredModels());
    const facts = { mean: 2, p50: 2, p95: 2.9, min: 1, max: 3, fps: 500, times: [3, 1, 2], iterations: 3 };
    expect(result).toEqual({ backend: 'cpu', status: 'done', device: 'a processor', ...facts });
    expect(value).toMatchObject({ ...facts, outputs });
  });

  test('hands the tensors over by the names of the model', async () => {
    const models = new MeasuredModels();
    await run(models, { inputs: new Map([['sizes', tensor]]) });
    expect(models.asked?.request.inputs(modelOf([port('images'), port('sizes')]))).toEqual(
      new Map([
        ['images', tensor],
        ['sizes', tensor],
      ]),
    );
  });

  test('passes the outputs on, which go no further where the model did not run', async () => {
    expect((await run(new MeasuredModels())).outputs).toBe(outputs);
    expect((await run(new FailingModels('E_BACKEND_MISSING'))).outputs).toBe(SKIP);
  });

  test('a backend that is not there is skipped, with the reason', async () => {
    const { result } = await run(new FailingModels('E_BACKEND_MISSING'), { backend: 'cuda' });
    expect(result).toEqual({ backend: 'cuda', status: 'skipped', reason: 'It went wrong: do this.' });
  });

  test.each(['E_ISOLATE_DIED', 'E_MODEL_RUN', 'E_MODEL_UNSUPPORTED', 'E_DEVICE_MEMORY', 'E_MODEL_BLOCKED'] as const)(
    '%s is told as failed, so that the other backends are still compared',
    async (code) => {
      const { result } = await run(new FailingModels(code), { backend: 'webgpu' });
      expect(result).toEqual({ backend: 'webgpu', status: 'failed', reason: 'It went wrong: do this.' });
    },
  );

  test.each(['E_MODEL_MISSING', 'E_MODEL_INPUT', 'E_CANCELLED'] as const)(
    '%s, which has nothing to do with the backend, fails the node',
    async (code) => {
      await expect(run(new FailingModels(code))).rejects.toMatchObject({ code });
    },
  );

  test('is never cached', () => {
    expect(benchmark.effects).toBe('measures');
  });
});
