import type { Repetition } from '../../../shared/node-api/context.ts';

/** How long each run takes that counts, in order, ms. */
export async function timesOf(run: () => Promise<unknown>, repetition: Repetition): Promise<number[]> {
  const { warmUp, iterations, seconds } = repetition;
  const end = performance.now() + seconds * 1_000;
  for (let i = 0; i < warmUp && performance.now() < end; i++) await run();
  const times: number[] = [];
  do {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  } while (times.length < iterations && performance.now() < end);
  return times;
}
