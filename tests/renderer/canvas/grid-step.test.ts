import { describe, expect, test } from 'vitest';
import { gridStep } from '../../../src/renderer/canvas/grid-step.ts';

describe('the grid of the canvas', () => {
  test('has a dot every 24 units in life size and nearer by', () => {
    expect(gridStep(1)).toBe(24);
    expect(gridStep(4)).toBe(96);
  });

  test('never gets denser than 18 pixels, nor leaves more than twice as much empty, however far out', () => {
    for (let zoom = 0.1; zoom < 0.75; zoom += 0.01) {
      expect(gridStep(zoom)).toBeGreaterThanOrEqual(18);
      expect(gridStep(zoom)).toBeLessThan(36 + 1e-9);
    }
  });

  test('keeps its dots where they were when every second one goes', () => {
    const units = (zoom: number) => gridStep(zoom) / zoom;
    expect(units(0.7) / units(1)).toBeCloseTo(2);
    expect(units(0.3) / units(1)).toBeCloseTo(4);
  });
});
