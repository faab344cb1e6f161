import { expect, test } from 'vitest';
import { FrameRhythm } from '../../../src/renderer/camera/frame-rhythm.ts';

/** A camera of 25 frames a second, whose last frame came at 400 ms. */
function steady(): FrameRhythm {
  const rhythm = new FrameRhythm();
  for (let now = 0; now <= 400; now += 40) rhythm.beat(now);
  return rhythm;
}

test('a frame that comes soon is worth waiting for', () => {
  const within = steady().nextWithin(435);
  expect(within).toBeGreaterThanOrEqual(5);
  expect(within).toBeLessThan(13);
});

test.each([
  ['the last one is new', 405],
  ['the last one is not old yet', 420],
  ['the next one is overdue', 445],
])('not when %s', (_, now) => {
  expect(steady().nextWithin(now)).toBe(null);
});

test('nothing is known before two frames have come', () => {
  const rhythm = new FrameRhythm();
  expect(rhythm.nextWithin(5)).toBe(null);
  rhythm.beat(10);
  expect(rhythm.nextWithin(15)).toBe(null);
});

test('a camera that comes back after a while is waited for no longer than its frames take', () => {
  const rhythm = steady();
  for (let now = 10_000; now <= 12_000; now += 40) rhythm.beat(now);
  const within = rhythm.nextWithin(12_035);
  expect(within).toBeGreaterThanOrEqual(5);
  expect(within).toBeLessThan(13);
});
