import { describe, expect, test } from 'vitest';
import {
  fitFrame,
  panFrame,
  regionInView,
  toPicture,
  zoomFrame,
} from '../../../src/renderer/previews/picture-frame.ts';

const PICTURE = { width: 1000, height: 500 };
const VIEW = { width: 200, height: 200 };

describe('a picture in a viewer', () => {
  test('is seen whole and in the middle at first', () => {
    expect(fitFrame(PICTURE, VIEW)).toEqual({ x: 500, y: 250, scale: 0.2 });
  });

  test('is zoomed around the pointer: what lies under it stays there', () => {
    const at = { x: 150, y: 90 };
    const fit = fitFrame(PICTURE, VIEW);
    const zoomed = zoomFrame(fit, 10, at, PICTURE, VIEW);
    expect(zoomed.scale).toBeCloseTo(2);
    expect(toPicture(zoomed, VIEW, at).x).toBeCloseTo(toPicture(fit, VIEW, at).x);
    expect(toPicture(zoomed, VIEW, at).y).toBeCloseTo(toPicture(fit, VIEW, at).y);
  });

  test('cannot be zoomed out further than whole, nor in without end', () => {
    const fit = fitFrame(PICTURE, VIEW);
    const middle = { x: 100, y: 100 };
    expect(zoomFrame(fit, 0.1, middle, PICTURE, VIEW)).toEqual(fit);
    expect(zoomFrame(fit, 1e9, middle, PICTURE, VIEW).scale).toBe(64);
  });

  test('cannot be moved out of sight', () => {
    const frame = { x: 500, y: 250, scale: 2 };
    expect(panFrame(frame, 1e6, -1e6, PICTURE)).toEqual({ x: 0, y: 500, scale: 2 });
  });

  test('is asked for in the part that is in view, in whole pixels inside the picture', () => {
    expect(regionInView({ x: 500, y: 250, scale: 2 }, PICTURE, VIEW)).toEqual({
      x: 450,
      y: 200,
      width: 100,
      height: 100,
    });
    expect(regionInView({ x: 10, y: 10, scale: 2 }, PICTURE, VIEW)).toEqual({ x: 0, y: 0, width: 60, height: 60 });
  });
});
