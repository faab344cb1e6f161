import { BACKEND_CHOICES, defineNode, type ErrorCode, pin, SKIP, WeftError } from 'weft';
import { BENCHMARK, type Benchmark } from '../stats/shared/benchmark.ts';
import { timeStatistics } from '../stats/shared/time-statistics.ts';
import { namedInputs } from './shared/named-inputs.ts';
import { TENSORS, type Tensors } from './shared/tensors.ts';

export default defineNode({
  type: 'model/benchmark',
  version: 1,
  title: 'Benchmark model',
  summary: 'Measures how long a model takes on a backend.',
  keywords: ['speed', 'fps', 'latency', 'time', 'backend', 'compare', 'performance'],
  effects: 'measures',
  inputs: {
    path: pin.path({
      access: 'read',
      content: 'model',
      description: 'The .onnx file, or a name that `weft models` lists.',
    }),
    backend: pin.enum(BACKEND_CHOICES, { default: 'auto', description: 'What to run it on.' }),
    input: pin.tensor({
      optional: true,
      description: "Tensor for the model's first input; without any tensor the model is measured with zeros.",
    }),
    inputs: pin.rule<Tensors | undefined>(TENSORS, {
      optional: true,
      description: 'Tensors for further inputs, by name; Bundle tensors makes them.',
    }),
    warmUp: pin.integer({ default: 3, min: 1, max: 1000, description: 'Runs before those that count.' }),
    iterations: pin.integer({ default: 100, min: 1, max: 100_000, description: 'Runs that count.' }),
    seconds: pin.number({
      default: 10,
      min: 0,
      max: 3600,
      unit: 's',
      description: 'The longest it may take: a slow backend does fewer runs, but at least one that counts.',
    }),
  },
  outputs: {
    benchmark: pin.rule<Benchmark>(BENCHMARK, { description: 'The result, for Compare backends.' }),
    result: pin.json({
      description:
        'The result to read: {backend, status}, and {device, iterations, mean, p50, p95, min, max, fps, times} in ms ' +
        'for `done`, {reason} for `skipped` (the backend is not there) and `failed`.',
    }),
    outputs: pin.rule<Tensors>(TENSORS, {
      description: "The model's outputs, by name; what comes after does not run where the model did not.",
    }),
  },
  async run({ path, backend, input, inputs, ...repetition }, ctx) {
    const benchmark = await measured();
    return { benchmark, result: asJson(benchmark), outputs: benchmark.status === 'done' ? benchmark.outputs : SKIP };

    async function measured(): Promise<Benchmark> {
      try {
        const { model, device, times, outputs } = await ctx.models.benchmark(path, {
          backend,
          ...repetition,
          inputs: (loaded) => namedInputs(loaded, input, inputs),
        });
        const iterations = times.length;
        return { backend: model.backend, status: 'done', device, iterations, ...timeStatistics(times), times, outputs };
      } catch (error) {
        if (!(error instanceof WeftError)) throw error;
        if (error.code === 'E_BACKEND_MISSING') return { backend, status: 'skipped', reason: error.message };
        if (BACKEND_FAULTS.includes(error.code)) return { backend, status: 'failed', reason: error.message };
        throw error;
      }
    }
  },
});

/** What one backend may have and another not, so that the others are still worth measuring. */
const BACKEND_FAULTS: readonly ErrorCode[] = [
  'E_MODEL_LOAD',
  'E_MODEL_UNSUPPORTED',
  'E_MODEL_RUN',
  'E_MODEL_BLOCKED',
  'E_DEVICE_MEMORY',
  'E_ISOLATE_START',
  'E_ISOLATE_DIED',
];

function asJson(benchmark: Benchmark) {
  if (benchmark.status !== 'done') return { ...benchmark };
  const { outputs: _, ...rest } = benchmark;
  return rest;
}
