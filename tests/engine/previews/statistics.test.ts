import { describe, expect, test } from 'vitest';
import { statisticsOf, statisticsOfList } from '../../../src/main/engine/previews/statistics.ts';

describe('statistics', () => {
  test('leave out NaN and infinities, and count them', () => {
    const data = Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, Number.NaN);
    const range = { min: 1, max: 3, mean: 2 };
    expect(statisticsOf(data, true)).toEqual({ range, nan: 2, inf: 2, exact: true });
  });

  test('have no range when no value is finite', () => {
    expect(statisticsOf(Float64Array.of(Number.NaN), true)).toEqual({ range: null, nan: 1, inf: 0, exact: true });
  });

  test('of no values are none', () => {
    expect(statisticsOf(new Uint8Array(0), true)).toBeNull();
  });

  test('of 64-bit integers are numbers', () => {
    expect(statisticsOf(BigInt64Array.of(-4n, 8n), false)?.range).toEqual({ min: -4, max: 8, mean: 2 });
  });

  test('do not overflow where the values come near the end of the range', () => {
    const range = statisticsOf(Float64Array.of(1.6e308, 1.6e308), true)?.range;
    expect(range?.mean).toBeCloseTo(1.6e308, -300);
  });

  test('of bytes are those of the same numbers', () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, k) => (k * 7) % 200);
    expect(statisticsOf(bytes, true)).toEqual(statisticsOf(Uint16Array.from(bytes), true));
    const many = Uint8Array.from({ length: 200_000 }, (_, k) => (k * 7) % 200);
    expect(statisticsOf(many, false)).toEqual(statisticsOf(Uint16Array.from(many), false));
  });

  test('take every value when they are to be exact', () => {
    const data = new Uint8Array(1_000_000).fill(7);
    data[123_457] = 255;
    expect(statisticsOf(data, true)).toMatchObject({ range: { min: 7, max: 255 }, exact: true });
  });

  test('of many values are taken from some of them, and say so', () => {
    const data = Float32Array.from({ length: 3_000_000 }, (_, k) => (k % 2 === 0 ? k / 3_000_000 : Number.NaN));
    const quick = statisticsOf(data, false);
    expect(quick?.exact).toBe(false);
    expect(quick?.range?.mean).toBeCloseTo(0.5, 1);
    // Counts are scaled up to all values.
    expect(Math.abs((quick?.nan ?? 0) - 1_500_000)).toBeLessThan(75_000);
  });

  test('meet every channel of a picture, whatever its size', () => {
    for (const pixels of [21_846, 65_536, 131_072, 640 * 480]) {
      const data = new Uint8Array(pixels * 3);
      for (let k = 0; k < data.length; k += 3) data[k + 2] = 200;
      const mean = statisticsOf(data, false)?.range?.mean ?? 0;
      expect(Math.abs(mean - 200 / 3), `${pixels} pixels`).toBeLessThan(4);
    }
  });

  test('of a list are given where it holds nothing but numbers', () => {
    expect(statisticsOfList([1, 2, 6], true)?.range).toEqual({ min: 1, max: 6, mean: 3 });
    expect(statisticsOfList([1, 'two'], true)).toBeNull();
    expect(statisticsOfList([], true)).toBeNull();
  });
});
