import { describe, expect, test } from 'vitest';
import { iou } from '../../../nodes/detect/shared/iou.ts';

describe('intersection over union', () => {
  test.each([
    ['equal boxes', [0, 0, 10, 10, 0, 0, 10, 10], 1],
    ['halves', [0, 0, 10, 10, 0, 0, 10, 5], 0.5],
    ['a quarter shared by two squares', [0, 0, 2, 2, 1, 1, 3, 3], 1 / 7],
    ['boxes apart', [0, 0, 1, 1, 5, 5, 6, 6], 0],
    ['boxes that touch', [0, 0, 1, 1, 1, 0, 2, 1], 0],
    ['boxes without area', [5, 5, 5, 5, 5, 5, 5, 5], 0],
    ['a box of NaN', [Number.NaN, 0, 1, 1, 0, 0, 1, 1], 0],
  ])('of %s', (_, boxes, expected) => {
    expect(iou(Float32Array.from(boxes), 0, 1)).toBeCloseTo(expected, 6);
    expect(iou(Float32Array.from(boxes), 1, 0)).toBeCloseTo(expected, 6);
  });
});
