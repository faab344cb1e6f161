import { afterEach, describe, expect, test, vi } from 'vitest';
import throttle from '../../../nodes/flow/throttle.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { HeapContext } from '../node-context.ts';

afterEach(() => vi.useRealTimers());

/** The moments, in ms, at which items pass that come every `interval` ms for `ms`. */
async function passing(interval: number, ms: number, perSecond: number): Promise<number[]> {
  vi.useFakeTimers({ toFake: ['performance'] });
  if (!('open' in throttle)) throw new Error('flow/throttle keeps state.');
  const ctx = new HeapContext();
  const opened = await throttle.open({}, ctx);
  const moments: number[] = [];
  for (let now = 0; now < ms; now += interval) {
    if ((await opened.process({ value: now, perSecond }, ctx)) !== SKIP) moments.push(now);
    vi.advanceTimersByTime(interval);
  }
  return moments;
}

describe('flow/throttle', () => {
  test('passes all items of a stream that is slow enough', async () => {
    expect(await passing(100, 1000, 10)).toHaveLength(10);
    expect(await passing(100, 1000, 1000)).toHaveLength(10);
  });

  test.each([5, 10, 20, 25])(
    'passes %d a second of a faster stream, also where the rates do not divide',
    async (perSecond) => {
      const moments = await passing(33, 10_000, perSecond);
      expect(moments[0]).toBe(0);
      expect(Math.abs(moments.length - 10 * perSecond)).toBeLessThanOrEqual(2);
    },
  );
});
