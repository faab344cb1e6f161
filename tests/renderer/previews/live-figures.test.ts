import { expect, test } from 'vitest';
import { LiveMeter } from '../../../src/renderer/previews/live-figures.ts';

test('the rate is that of the pictures of the last two seconds, the latency the middle one of theirs', () => {
  const meter = new LiveMeter();
  for (let k = 0; k < 90; k++) meter.show(k * 50, k * 50 - (k % 3 === 0 ? 200 : 40));
  const figures = meter.figures(90 * 50);
  expect(figures?.fps).toBeCloseTo(20, 5);
  expect(figures?.latency).toBe(40);
});

test('there is nothing to tell before the second picture, nor when none has come for a while', () => {
  const meter = new LiveMeter();
  meter.show(1000, 990);
  expect(meter.figures(1000)).toBeNull();
  meter.show(1100, 1090);
  expect(meter.figures(1100)).toEqual({ fps: 10, latency: 10 });
  expect(meter.figures(4000)).toBeNull();
});

test('pictures whose time nobody has told have a rate all the same', () => {
  const meter = new LiveMeter();
  for (const at of [0, 100, 200]) meter.show(at, null);
  expect(meter.figures(200)).toEqual({ fps: 10, latency: null });
});
