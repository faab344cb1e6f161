import { afterEach, expect, test, vi } from 'vitest';
import rate from '../../../nodes/stats/rate.ts';
import { HeapContext, withDefaults } from '../node-context.ts';

afterEach(() => vi.useRealTimers());

async function ratesAt(times: readonly number[], seconds = 1): Promise<number[]> {
  vi.useFakeTimers({ toFake: ['performance'] });
  if (!('open' in rate)) throw new Error('rate has no open body');
  const ctx = new HeapContext();
  const opened = await rate.open({}, ctx);
  const rates: number[] = [];
  let now = 0;
  for (const time of times) {
    vi.advanceTimersByTime(time - now);
    now = time;
    const given = await opened.process(withDefaults(rate, { value: time, seconds }), ctx);
    if (typeof given !== 'object') throw new Error('an item was dropped');
    expect(given.value).toBe(time);
    rates.push(Number(given.rate));
  }
  return rates;
}

test('measures items per second', async () => {
  expect((await ratesAt([0, 20, 40, 60])).map(Math.round)).toEqual([0, 50, 50, 50]);
});

test('forgets what is longer ago than asked for', async () => {
  const rates = await ratesAt([0, 500, 1000, 1010, 1020, 1030], 0.1);
  expect(Math.round(rates[5])).toBe(100);
});
