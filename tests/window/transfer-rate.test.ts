import { expect, test } from 'vitest';
import { TransferRate } from '../../src/main/window/transfer-rate.ts';

test('is not known before some time has passed', () => {
  const rate = new TransferRate();
  expect(rate.perSecond(0)).toBeNull();
  rate.add(1000, 0);
  expect(rate.perSecond(100)).toBeNull();
  rate.add(2000, 500);
  expect(rate.perSecond(500)).toBe(2000);
});

test('is that of the last three seconds', () => {
  const rate = new TransferRate();
  for (let second = 0; second <= 10; second++)
    rate.add(second < 5 ? second * 1000 : 5000 + (second - 5) * 100, second * 1000);
  expect(rate.perSecond(10_000)).toBeCloseTo(100);
  expect(rate.bytes).toBe(5500);
});

test('falls to nothing while nothing arrives', () => {
  const rate = new TransferRate();
  rate.add(0, 0);
  rate.add(9000, 1000);
  expect(rate.perSecond(3000)).toBe(3000);
  expect(rate.perSecond(10_000)).toBe(0);
});

test('begins anew with a file that is sent anew', () => {
  const rate = new TransferRate();
  rate.add(9000, 0);
  rate.add(100, 1000);
  expect(rate.bytes).toBe(100);
  rate.add(600, 2000);
  expect(rate.perSecond(2000)).toBe(500);
});
