/** One of the things measured beside each other. */
export interface Side {
  /** Does the work once and gives the time it took, in the unit of the case. */
  measure(): number | Promise<number>;
}

export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Measurement<Name extends string> {
  readonly rounds: number;
  readonly timings: Readonly<Record<Name, Timing>>;
}

export interface Effort {
  /** Rounds that come first and do not count. */
  readonly warmUps: number;
  readonly maxRounds: number;
  /** No round begins after this time, counted from the first; one always runs. */
  readonly maxSeconds: number;
}

/**
 * Measures several sides by turns (A B C A B C …), so that a machine that slows down slows all of them, and a ratio of
 * two medians stays what it is.
 */
export async function interleave<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  effort: Effort,
): Promise<Measurement<Name>> {
  const names = Object.keys(sides) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const deadline = performance.now() + effort.maxSeconds * 1000;
  let rounds = 0;
  for (let round = -effort.warmUps; round < effort.maxRounds; round++) {
    if (rounds > 0 && performance.now() > deadline) break;
    for (const name of names) {
      const time = await sides[name].measure();
      if (round >= 0) times[name].push(time);
    }
    if (round >= 0) rounds++;
  }
  const timings = Object.fromEntries(names.map((name) => [name, timingOf(times[name])])) as Record<Name, Timing>;
  return { rounds, timings };
}

function timingOf(times: readonly number[]): Timing {
  return { median: median(times), min: Math.min(...times), max: Math.max(...times) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Times a piece of work, ms, and has its result checked afterwards: sides that do other work cannot be compared. */
export function timed<T>(work: () => T | Promise<T>, check: (result: T) => void = () => {}): Side {
  return {
    async measure() {
      const start = performance.now();
      const result = work();
      const settled = result instanceof Promise ? await result : result;
      const time = performance.now() - start;
      check(settled);
      return time;
    },
  };
}
