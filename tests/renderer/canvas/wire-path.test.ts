import { describe, expect, test } from 'vitest';
import { nearestPiece, polyline, svgPath, wireCurve } from '../../../src/renderer/canvas/wire-path.ts';

describe('the way of a wire', () => {
  test('leaves an output to the right and arrives at an input from the left', () => {
    const [[start, leave, arrive, end]] = wireCurve([0, 0], [-300, 50]);
    expect(start).toEqual([0, 0]);
    expect(end).toEqual([-300, 50]);
    expect(leave[0]).toBeGreaterThan(start[0]);
    expect(leave[1]).toBe(start[1]);
    expect(arrive[0]).toBeLessThan(end[0]);
    expect(arrive[1]).toBe(end[1]);
  });

  test('goes through the points that were set, without a corner', () => {
    const [first, second] = wireCurve([0, 0], [400, 0], [[200, 120]]);
    expect(first[3]).toEqual([200, 120]);
    expect(second[0]).toEqual([200, 120]);
    const [into, out] = [
      [first[3][0] - first[2][0], first[3][1] - first[2][1]],
      [second[1][0] - second[0][0], second[1][1] - second[0][1]],
    ];
    // Parallel: the cross product is nothing.
    expect(into[0] * out[1] - into[1] * out[0]).toBeCloseTo(0);
  });

  test('is one piece of SVG for each stretch between points', () => {
    expect(svgPath(wireCurve([0, 0], [100, 0]))).toBe('M0 0C50 0 50 0 100 0');
    expect(svgPath(wireCurve([0, 0], [100, 0], [[50, 40]])).match(/C/g)).toHaveLength(2);
  });

  test('is the same as a line of straight pieces, from end to end', () => {
    const line = polyline(wireCurve([0, 0], [100, 60], [[40, 80]]));
    expect(line[0]).toEqual([0, 0]);
    expect(line.at(-1)).toEqual([100, 60]);
    expect(line).toContainEqual([40, 80]);
  });

  test('takes a new point into the stretch that it is nearest to', () => {
    const curve = wireCurve([0, 0], [400, 0], [[200, 0]]);
    expect(nearestPiece(curve, [50, 3])).toMatchObject({ piece: 0 });
    expect(nearestPiece(curve, [350, 3])).toMatchObject({ piece: 1 });
    expect(nearestPiece(curve, [50, 3]).distance).toBeCloseTo(3, 0);
  });
});
