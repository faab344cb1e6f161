import { describe, expect, test } from 'vitest';
import {
  formatNumber,
  fractionOf,
  parseNumber,
  scrubNumber,
  stepNumber,
} from '../../../src/renderer/widgets/number-input.ts';

const FREE = { whole: false };
const UNIT = { whole: false, min: 0, max: 1 };
const PIXELS = { whole: true, min: 1, max: 16_384 };

describe('what is written in a field for numbers', () => {
  test.each([
    ['0.25', 0.25],
    ['0,25', 0.25],
    [' -3 ', -3],
    ['1e-3', 0.001],
    ['640/2', 320],
    ['2+3*4', 14],
    ['(2+3)*-4', -20],
    ['.5', 0.5],
  ])('%s is %f', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  test('may end with the unit', () => {
    expect(parseNumber('640 px', 'px')).toEqual({ ok: true, value: 640 });
  });

  test.each(['', 'abc', '1 2', '2+', '(1', '1)', '.', '--', 'process.exit()'])('%j is refused', (text) => {
    expect(parseNumber(text)).toMatchObject({ ok: false, reason: expect.stringContaining('Write a number') });
  });

  test('a division by nothing is refused', () => {
    expect(parseNumber('1/0')).toMatchObject({ ok: false, reason: expect.stringContaining('finite') });
  });
});

describe('a number that is dragged', () => {
  test('crosses its range in about two hundred pixels, on the grid of its step', () => {
    expect(scrubNumber(0, 200, 'normal', UNIT)).toBe(1);
    expect(scrubNumber(0.25, 20, 'normal', UNIT)).toBe(0.35);
  });

  test('stays inside its range', () => {
    expect(scrubNumber(0.5, 10_000, 'coarse', UNIT)).toBe(1);
    expect(scrubNumber(640, -100_000, 'normal', PIXELS)).toBe(1);
  });

  test('moves ten times finer with one key, ten times coarser with another', () => {
    expect(scrubNumber(0.5, 10, 'fine', UNIT)).toBeCloseTo(0.505);
    expect(scrubNumber(100, 40, 'coarse', { whole: true })).toBe(200);
    expect(scrubNumber(100, 40, 'normal', { whole: true })).toBe(110);
  });

  test('stays whole where it has to', () => {
    for (const pixels of [1, 3, 7, 150]) expect(scrubNumber(640, pixels, 'fine', PIXELS) % 1).toBe(0);
  });

  test('steps by what fits its size where no step is given', () => {
    expect(stepNumber(100, 1, FREE)).toBe(110);
    expect(stepNumber(0.3, 1, FREE)).toBe(0.31);
    expect(stepNumber(3, -1, { whole: true })).toBe(2);
    expect(stepNumber(0, 1, { whole: false, step: 0.25 })).toBe(0.25);
  });
});

test('numbers are shown without the noise of binary fractions', () => {
  expect([0.1 + 0.2, 1 / 3, 640, -0.5].map(formatNumber)).toEqual(['0.3', '0.3333333', '640', '-0.5']);
});

test('a bar shows where a number lies, if it has a range on both sides', () => {
  expect(fractionOf(0.25, UNIT)).toBe(0.25);
  expect(fractionOf(7, UNIT)).toBe(1);
  expect(fractionOf(7, FREE)).toBeNull();
});
