import { expect, test } from 'vitest';
import { selfTimes } from '../../../src/renderer/panels/self-times.ts';
import { profileOf } from '../../shared/profile/profile-of.ts';

test('self times add up what each node did, with and without the work of other processes and the wait for them', () => {
  const times = selfTimes(
    profileOf([
      { node: 'infer', start: 0, end: 10 },
      { node: 'infer', start: 1, end: 9, process: 'inference cpu', waited: 0.5 },
      { node: 'infer', start: 20, end: 50 },
      { node: 'draw', start: 0, end: 10 },
    ]),
  );
  expect(times).toEqual([
    { node: 'infer', calls: 2, total: 40, self: 31.5, mean: 20, p95: 30, share: 0.8 },
    { node: 'draw', calls: 1, total: 10, self: 10, mean: 10, p95: 10, share: 0.2 },
  ]);
});

test('95 of 100 calls took no longer than p95', () => {
  const calls = Array.from({ length: 100 }, (_, k) => ({
    node: 'a',
    start: 1000 * k,
    end: 1000 * k + ((k * 37) % 100) + 1,
  }));
  expect(selfTimes(profileOf(calls))[0].p95).toBe(95);
});

test('a process that works ahead, beside all calls, leaves no time below zero', () => {
  const [read] = selfTimes(
    profileOf([
      { node: 'read', start: 0, end: 1 },
      { node: 'read', start: 1, end: 20, process: 'media' },
    ]),
  );
  expect(read.self).toBe(0);
});
