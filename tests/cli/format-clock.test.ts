import { expect, test } from 'vitest';
import { formatClock } from '../../src/main/cli/format-clock.ts';

test.each([
  [0, '0:00'],
  [6.2, '0:07'],
  [59.9, '1:00'],
  [750, '12:30'],
  [3725, '1:02:05'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatClock(seconds)).toBe(text);
});
