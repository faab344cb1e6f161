import { expect, test, vi } from 'vitest';
import type { BackendName } from '../../../src/shared/node-api/backend.ts';
import type { BenchmarkRequest } from '../../../src/shared/node-api/context.ts';
import { type NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { addModel, slowModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const matrix = new Tensor('float32', [256, 256], new Float32Array(256 * 256));

function request(bench: Workbench, backend: BackendName, rest: Partial<BenchmarkRequest> = {}, signal?: AbortSignal) {
  const allocate = (dtype: NumericDType, shape: readonly number[]) => bench.scope.tensor(dtype, shape);
  return [
    { backend, warmUp: 1, iterations: 5, seconds: 60, inputs: () => new Map([['input', matrix]]), ...rest },
    { runId: 'run', signal: signal ?? new AbortController().signal, parallel: 'single', allocate },
  ] as const;
}

test('a benchmark gives a time for each run that counts, the outputs, and where it ran', async () => {
  await using bench = new Workbench();
  const input = new Tensor('float32', [1, 4], Float32Array.of(1, 2, 3, 4));
  const path = bench.write(addModel(1));
  for (const backend of ['cpu', 'wasm'] as const) {
    const inputs = () => new Map([['input', input]]);
    const measured = await bench.inference.benchmark(path, ...request(bench, backend, { iterations: 7, inputs }));
    expect(measured.times).toHaveLength(7);
    expect(measured.outputs.get('sum')?.data).toEqual(Float32Array.of(2, 3, 4, 5));
    expect(measured.model.backend).toBe(backend);
  }
  expect(bench.arena.stats().loans).toBe(0);
});

test('a model that is given nothing is measured with zeros of the shapes that it takes', async () => {
  await using bench = new Workbench();
  const path = bench.write(addModel(1));
  const inputs = () => new Map<string, Tensor>();
  const { times, outputs } = await bench.inference.benchmark(path, ...request(bench, 'cpu', { iterations: 3, inputs }));
  expect(times).toHaveLength(3);
  expect(outputs.get('sum')?.data).toEqual(Float32Array.of(1, 1, 1, 1));
});

test('a slow backend does fewer runs than asked for, and at least one', async () => {
  await using bench = new Workbench();
  const path = bench.write(slowModel(1));
  const { times } = await bench.inference.benchmark(path, ...request(bench, 'cpu', { iterations: 1e9, seconds: 0 }));
  expect(times).toHaveLength(1);
});

test('measurements take turns, so that none slows down another', async () => {
  await using bench = new Workbench();
  const path = bench.write(slowModel(60));
  await bench.inference.backends();
  const busy = () =>
    (['cpu', 'wasm'] as const).filter((name) => bench.inference.stats(name).single.processes.some((one) => one.busy));
  let overlapped = false;
  const watch = setInterval(() => {
    overlapped ||= busy().length > 1;
  }, 1);
  const ends = (['wasm', 'cpu'] as const).map((name) => bench.inference.benchmark(path, ...request(bench, name)));
  const measured = await Promise.all(ends);
  clearInterval(watch);
  expect(measured.map(({ times }) => times.length)).toEqual([5, 5]);
  expect(overlapped).toBe(false);
});

test('a measurement that dies fails alone; the next has its turn', async () => {
  await using bench = new Workbench();
  const path = bench.write(slowModel(100), 'slow.onnx');
  await bench.inference.backends();
  const dying = bench.inference.benchmark(path, ...request(bench, 'wasm', { iterations: 1e9, seconds: 3600 }));
  const next = bench.inference.benchmark(path, ...request(bench, 'cpu'));
  const failed = expect(dying).rejects.toMatchObject({
    code: 'E_ISOLATE_DIED',
    message: expect.stringContaining('ended with SIGKILL'),
  });
  const isMeasuring = () => bench.arena.stats().loans > 0 && bench.inference.stats('wasm').single.processes[0]?.busy;
  await vi.waitUntil(isMeasuring, { timeout: 20_000 });
  process.kill(bench.inference.stats('wasm').single.processes[0].pid, 'SIGKILL');
  await failed;
  expect((await next).times).toHaveLength(5);
  expect(bench.arena.stats().loans).toBe(0);
});

test('a measurement that is cancelled while it waits leaves the order of the others', async () => {
  await using bench = new Workbench();
  const path = bench.write(slowModel(20));
  const cancelled = new AbortController();
  const first = bench.inference.benchmark(path, ...request(bench, 'cpu'));
  const second = bench.inference.benchmark(path, ...request(bench, 'cpu', {}, cancelled.signal));
  const third = bench.inference.benchmark(path, ...request(bench, 'cpu'));
  cancelled.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect((await first).times).toHaveLength(5);
  expect((await third).times).toHaveLength(5);
});
