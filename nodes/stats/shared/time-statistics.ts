/** Times of runs in short, ms. */
export interface TimeStatistics {
  readonly mean: number;
  /** The median. */
  readonly p50: number;
  /** 95 of 100 runs take no longer. */
  readonly p95: number;
  readonly min: number;
  readonly max: number;
  /** Runs a second, at the mean time. */
  readonly fps: number;
}

/** `times`: ms, at least one. Percentiles between two times are interpolated linearly, as NumPy does. */
export function timeStatistics(times: readonly number[]): TimeStatistics {
  const sorted = [...times].sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return {
    mean,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    min: sorted[0],
    max: sorted[sorted.length - 1],
    fps: 1_000 / mean,
  };
}

function percentile(sorted: readonly number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
