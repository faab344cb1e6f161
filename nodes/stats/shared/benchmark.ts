import type { BackendChoice, Tensor } from 'weft';
import type { TimeStatistics } from './time-statistics.ts';

/** What came of measuring a model on one backend. */
export type Benchmark = FinishedBenchmark | UnfinishedBenchmark;

export interface FinishedBenchmark extends TimeStatistics {
  readonly backend: BackendChoice;
  readonly status: 'done';
  /** Null when the system does not tell. */
  readonly device: string | null;
  readonly iterations: number;
  /** Of each run, in order, ms. */
  readonly times: readonly number[];
  /** What the model gave, by name. */
  readonly outputs: ReadonlyMap<string, Tensor>;
}

export interface UnfinishedBenchmark {
  readonly backend: BackendChoice;
  /** `skipped`: the machine does not have the backend. */
  readonly status: 'skipped' | 'failed';
  readonly reason: string;
}

/** Type of the pins that carry one. */
export const BENCHMARK = { kind: 'custom', name: 'benchmark' } as const;
