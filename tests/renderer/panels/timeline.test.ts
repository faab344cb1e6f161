import { describe, expect, test } from 'vitest';
import { hitAt, placeRows, timeAt } from '../../../src/renderer/panels/draw-timeline.ts';
import {
  axisTicks,
  firstAfter,
  momentText,
  panWindow,
  wholeRun,
  zoomWindow,
} from '../../../src/renderer/panels/timeline.ts';
import { tracksOf } from '../../../src/shared/profile/tracks.ts';
import { profileOf } from '../../shared/profile/profile-of.ts';

const WHOLE = { start: 0, end: 100 };

describe('the timeline', () => {
  test('zooms around a point, which stays where it is', () => {
    const closer = zoomWindow(WHOLE, 25, 4, WHOLE);
    expect(closer.end - closer.start).toBe(25);
    expect((25 - closer.start) / (closer.end - closer.start)).toBe(0.25);
  });

  test('never shows more than the run, however it is zoomed and moved', () => {
    expect(zoomWindow({ start: 90, end: 100 }, 90, 0.001, WHOLE)).toEqual(WHOLE);
    expect(panWindow({ start: 10, end: 20 }, -50, WHOLE)).toEqual({ start: 0, end: 10 });
    expect(panWindow({ start: 10, end: 20 }, 500, WHOLE)).toEqual({ start: 90, end: 100 });
  });

  test('spans from the first work to the last, and is never empty', () => {
    const { spans } = profileOf([
      { node: 'a', start: 3, end: 4 },
      { node: 'b', start: 1, end: 9 },
    ]);
    expect(wholeRun(spans)).toEqual({ start: 1, end: 9 });
    expect(wholeRun(profileOf([]).spans)).toEqual({ start: 0, end: 1 });
  });

  test('has round numbers on its axis', () => {
    expect(axisTicks({ start: 0, end: 100 }, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(axisTicks({ start: 12, end: 13 }, 4)).toEqual([12, 12.5, 13]);
  });

  test('writes a moment with as many digits as it takes to tell it from the next', () => {
    expect([0, 5, 10].map((ms) => momentText(ms, 5))).toEqual(['0 ms', '5 ms', '10 ms']);
    expect(momentText(12.5, 0.5)).toBe('12.5 ms');
    expect([2134, 2136].map((ms) => momentText(ms, 2))).toEqual(['2.134 s', '2.136 s']);
    expect(momentText(60_000, 10_000)).toBe('60 s');
    expect(momentText(0.25, 0.001)).toBe('0.250 ms');
  });

  test('finds the first span in view without looking at those before', () => {
    const lane = Int32Array.of(2, 0, 1);
    const end = Float64Array.of(20, 30, 10);
    expect([5, 10, 15, 29, 30].map((time) => firstAfter(lane, end, time))).toEqual([0, 1, 1, 2, 3]);
  });

  test('tells what lies under the pointer: the span, the row where there is none, nothing beside the rows', () => {
    const profile = profileOf([
      { node: 'a', start: 0, end: 40 },
      { node: 'a', start: 20, end: 50 },
      { node: 'b', start: 60, end: 100 },
    ]);
    const rows = placeRows(tracksOf(profile));
    const view = { profile, rows, shown: WHOLE, scrolled: 0, size: { width: 1140, height: 200 } };
    const hit = (time: number, y: number, scrolled = 0) => {
      const found = hitAt({ ...view, scrolled }, 140 + time * 10, y);
      return found && [found.row.track.name, found.span];
    };
    expect(timeAt(view, 640)).toBe(50);
    // The axis is 20 pixels high, a lane 16, and between rows lie 4.
    expect(hit(10, 10)).toBeNull();
    expect(hit(10, 25)).toEqual(['a', 0]);
    expect(hit(45, 25)).toEqual(['a', null]);
    expect(hit(45, 40)).toEqual(['a', 1]);
    expect(hit(80, 60)).toEqual(['b', 2]);
    expect(hit(80, 24, 36)).toEqual(['b', 2]);
    expect(hit(80, 150)).toBeNull();
    expect(hitAt(view, 50, 25)).toEqual({ row: rows[0], span: null });
  });
});
