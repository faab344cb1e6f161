import { BACKEND_NAMES, type BackendName, defineNode, pin, WeftError } from 'weft';
import { BENCHMARK, type Benchmark, type FinishedBenchmark, type UnfinishedBenchmark } from './shared/benchmark.ts';
import { columns } from './shared/columns.ts';
import { relativeDifference } from './shared/relative-difference.ts';

type BenchmarkPin = ReturnType<typeof benchmarkPin>;

// One pin for each backend; a benchmark may come in at any of them.
const BENCHMARK_PINS = Object.fromEntries(BACKEND_NAMES.map((name) => [name, benchmarkPin(name)])) as {
  readonly [K in BackendName]: BenchmarkPin;
};

export default defineNode({
  type: 'stats/compare-backends',
  version: 1,
  title: 'Compare backends',
  summary: 'Ranks benchmarks of a model by speed, and tells whether the backends agree.',
  keywords: ['benchmark', 'speed', 'fastest', 'performance', 'ranking', 'table'],
  inputs: {
    ...BENCHMARK_PINS,
    tolerance: pin.number({
      default: 1e-3,
      min: 0,
      description: 'How far results may lie apart, in relation to the largest value of an output.',
    }),
  },
  outputs: {
    table: pin.json({
      description:
        'One row a backend, the fastest first: {backend, status, device, iterations, mean, p50, p95, min, max, fps, ' +
        'speedUp, difference, agrees}, times in ms; then those that were skipped or failed: {backend, status, reason}.',
    }),
    fastest: pin.string({ description: 'Name of the fastest backend.' }),
    agree: pin.boolean({ description: 'Whether all backends that ran gave the same result, within the tolerance.' }),
    text: pin.string({ description: 'The table to read.' }),
  },
  run({ tolerance, ...benchmarks }) {
    const given = Object.values(benchmarks).filter((benchmark) => benchmark !== undefined);
    const ranked = given.filter(isFinished).sort((a, b) => a.mean - b.mean);
    const unfinished = given.filter((benchmark) => !isFinished(benchmark));
    const [fastest] = ranked;
    if (fastest === undefined) throw noneRan(unfinished);
    // Everybody has the processor, so speed is told in relation to it where it was measured.
    const cpu = ranked.find(({ backend }) => backend === 'cpu');
    const slowest = ranked[ranked.length - 1];
    const rows = ranked.map((benchmark) => row(benchmark, cpu ?? slowest, cpu ?? fastest, tolerance));
    return {
      table: [...rows, ...unfinished.map((benchmark) => ({ ...benchmark }))],
      fastest: fastest.backend,
      agree: rows.every(({ agrees }) => agrees),
      text: [columns([HEADINGS, ...rows.map(cells)]), ...unfinished.map(sentence)].join('\n'),
    };
  },
});

type Row = ReturnType<typeof row>;

function row(benchmark: FinishedBenchmark, slow: FinishedBenchmark, reference: FinishedBenchmark, tolerance: number) {
  const { outputs, times: _, ...facts } = benchmark;
  const difference = relativeDifference(reference.outputs, outputs);
  return {
    ...facts,
    speedUp: `${(slow.mean / benchmark.mean).toFixed(2)}x`,
    // Null: they cannot be compared, since JSON has no infinity.
    difference: Number.isFinite(difference) ? difference : null,
    agrees: difference <= tolerance,
  };
}

const HEADINGS = ['backend', 'device', 'mean ms', 'p50', 'p95', 'fps', 'speed-up', 'difference'] as const;

function cells({ backend, device, mean, p50, p95, fps, speedUp, difference }: Row): string[] {
  const times = [mean, p50, p95].map((ms) => ms.toFixed(2));
  return [backend, device ?? '', ...times, fps.toFixed(1), speedUp, difference?.toExponential(1) ?? 'other outputs'];
}

function sentence({ backend, status, reason }: UnfinishedBenchmark): string {
  return `${backend} ${status}: ${reason}`;
}

function isFinished(benchmark: Benchmark): benchmark is FinishedBenchmark {
  return benchmark.status === 'done';
}

function noneRan([first]: readonly UnfinishedBenchmark[]): WeftError {
  return new WeftError(
    'E_VALUE',
    first === undefined
      ? 'There is no benchmark to compare: wire Benchmark model to at least one input.'
      : `No backend ran the model, so there is nothing to compare; ${sentence(first)}`,
  );
}

function benchmarkPin(name: BackendName) {
  return pin.rule<Benchmark | undefined>(BENCHMARK, {
    optional: true,
    acceptsSkipped: true,
    description: `A benchmark, as on ${name}.`,
  });
}
