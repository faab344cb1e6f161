import { describe, expect, test } from 'vitest';
import compare from '../../../nodes/stats/compare-backends.ts';
import type { Benchmark, FinishedBenchmark } from '../../../nodes/stats/shared/benchmark.ts';
import { relativeDifference } from '../../../nodes/stats/shared/relative-difference.ts';
import { timeStatistics } from '../../../nodes/stats/shared/time-statistics.ts';
import type { BackendName } from '../../../src/shared/node-api/backend.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { runNode } from '../node-context.ts';

const floats = (...values: number[]) => new Tensor('float32', [values.length], Float32Array.from(values));
const outputs = (tensor: Tensor) => new Map([['out', tensor]]);

function finished(backend: BackendName, ms: number, result: Tensor = floats(1, 2)): FinishedBenchmark {
  const times = [ms, ms];
  const facts = { iterations: 2, ...timeStatistics(times), times, outputs: outputs(result) };
  return { backend, status: 'done', device: `a ${backend}`, ...facts };
}

interface Compared {
  readonly table: readonly Record<string, unknown>[];
  readonly fastest: string;
  readonly agree: boolean;
  readonly text: string;
}

function compared(benchmarks: Partial<Record<BackendName, Benchmark>>, tolerance = 1e-3): Promise<Compared> {
  return runNode<Compared>(compare, { ...benchmarks, tolerance });
}

describe('stats/compare-backends', () => {
  test('cpu 40 ms and gpu 4 ms: the gpu is the fastest, 10.00x', async () => {
    const { table, fastest } = await compared({ cpu: finished('cpu', 40), cuda: finished('cuda', 4) });
    expect(fastest).toBe('cuda');
    expect(table).toMatchObject([
      { backend: 'cuda', device: 'a cuda', mean: 4, p50: 4, p95: 4, min: 4, max: 4, fps: 250, speedUp: '10.00x' },
      { backend: 'cpu', device: 'a cpu', mean: 40, fps: 25, speedUp: '1.00x' },
    ]);
  });

  test('speed is told in relation to cpu, and to the slowest where cpu was not measured', async () => {
    const others = { wasm: finished('wasm', 80), webgpu: finished('webgpu', 4) };
    const withCpu = await compared({ ...others, cpu: finished('cpu', 40) });
    expect(withCpu.table.map(({ speedUp }) => speedUp)).toEqual(['10.00x', '1.00x', '0.50x']);
    const without = await compared(others);
    expect(without.table.map(({ speedUp }) => speedUp)).toEqual(['20.00x', '1.00x']);
  });

  test('those that were skipped or failed are listed behind, with the reason, and left out of the ranking', async () => {
    const { table, text, fastest } = await compared({
      cpu: finished('cpu', 40),
      cuda: { backend: 'cuda', status: 'skipped', reason: 'No CUDA here.' },
      webgpu: { backend: 'webgpu', status: 'failed', reason: 'It died.' },
    });
    expect(fastest).toBe('cpu');
    expect(table.map(({ backend, status }) => [backend, status])).toEqual([
      ['cpu', 'done'],
      ['webgpu', 'failed'],
      ['cuda', 'skipped'],
    ]);
    expect(text.split('\n')).toEqual([
      'backend  device  mean ms  p50    p95    fps   speed-up  difference',
      'cpu      a cpu   40.00    40.00  40.00  25.0  1.00x     0.0e+0',
      'webgpu failed: It died.',
      'cuda skipped: No CUDA here.',
    ]);
  });

  test('backends agree whose results lie within the tolerance of those of cpu', async () => {
    const cpu = finished('cpu', 40, floats(0.001, 100));
    const near = finished('wasm', 50, floats(0.05, 100));
    const far = finished('webgpu', 4, floats(0.001, 101));
    expect(await compared({ cpu, wasm: near })).toMatchObject({ agree: true });
    const { agree, table } = await compared({ cpu, wasm: near, webgpu: far });
    expect(agree).toBe(false);
    expect(table.map(({ backend, agrees }) => [backend, agrees])).toEqual([
      ['webgpu', false],
      ['cpu', true],
      ['wasm', true],
    ]);
    expect(table[0].difference).toBeCloseTo(0.01, 6);
    expect(await compared({ cpu, webgpu: far }, 0.02)).toMatchObject({ agree: true });
  });

  test('results that cannot be compared do not agree', async () => {
    const { agree, table } = await compared({ cpu: finished('cpu', 1), wasm: finished('wasm', 2, floats(1)) });
    expect(agree).toBe(false);
    expect(table[1]).toMatchObject({ difference: null, agrees: false });
  });

  test('fails when no backend ran the model, with the first reason, or when nothing is wired', async () => {
    const cpu = { backend: 'cpu', status: 'failed', reason: 'It died.' } as const;
    await expect(compared({ cpu })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: 'No backend ran the model, so there is nothing to compare; cpu failed: It died.',
    });
    await expect(compared({})).rejects.toMatchObject({ code: 'E_VALUE', message: expect.stringContaining('wire') });
  });
});

test('times in short are exact; percentiles between two times are interpolated', () => {
  const times = [5, 1, 4, 2, 3];
  expect(timeStatistics(times)).toEqual({ mean: 3, p50: 3, p95: 4.8, min: 1, max: 5, fps: 1_000 / 3 });
  expect(times).toEqual([5, 1, 4, 2, 3]);
  expect(timeStatistics([10, 20])).toEqual({ mean: 15, p50: 15, p95: 19.5, min: 10, max: 20, fps: 1_000 / 15 });
  expect(timeStatistics([7])).toEqual({ mean: 7, p50: 7, p95: 7, min: 7, max: 7, fps: 1_000 / 7 });
  const hundred = Array.from({ length: 101 }, (_, k) => k);
  expect(timeStatistics(hundred)).toMatchObject({ mean: 50, p50: 50, p95: 95 });
});

describe('the difference of two results', () => {
  const difference = (a: Tensor, b: Tensor) => relativeDifference(outputs(a), outputs(b));

  test('is the largest of an element, in relation to the largest of the reference', () => {
    expect(difference(floats(1, -4), floats(1, -3))).toBe(0.25);
    expect(difference(floats(0, 0), floats(0, 0))).toBe(0);
    expect(difference(floats(0, 0), floats(0, 1))).toBe(Number.POSITIVE_INFINITY);
  });

  test('is nothing where both are NaN, and endless where one is', () => {
    expect(difference(floats(Number.NaN, 1), floats(Number.NaN, 1))).toBe(0);
    expect(difference(floats(Number.NaN, 2), floats(Number.NaN, 1))).toBe(0.5);
    expect(difference(floats(Number.NaN, 1), floats(1, 1))).toBe(Number.POSITIVE_INFINITY);
  });

  test('is known for whole numbers and texts', () => {
    const longs = (...values: bigint[]) => new Tensor('int64', [values.length], BigInt64Array.from(values));
    expect(difference(longs(10n, 5n), longs(10n, 4n))).toBe(0.1);
    const texts = (...values: string[]) => new Tensor('string', [values.length], values);
    expect(difference(texts('a'), texts('a'))).toBe(0);
    expect(difference(texts('a'), texts('b'))).toBe(Number.POSITIVE_INFINITY);
  });

  test('is the largest of all outputs, and endless for outputs of other names', () => {
    const both = (a: number, b: number) =>
      new Map([
        ['a', floats(a)],
        ['b', floats(b)],
      ]);
    expect(relativeDifference(both(1, 10), both(1, 5))).toBe(0.5);
    expect(relativeDifference(both(1, 10), outputs(floats(1)))).toBe(Number.POSITIVE_INFINITY);
    expect(relativeDifference(new Map([['a', floats(1)]]), outputs(floats(1)))).toBe(Number.POSITIVE_INFINITY);
  });
});
