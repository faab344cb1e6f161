import { describe, expect, test } from 'vitest';
import {
  axisTicks,
  layOutTimeline,
  panWindow,
  type Span,
  selfTimes,
  wholeRun,
  zoomWindow,
} from '../../../src/renderer/panels/timeline.ts';

const WHOLE = { start: 0, end: 100 };

describe('the timeline', () => {
  test('stacks work of one node that goes on at one time, and has rows for processes beside the engine', () => {
    const spans = [
      span('infer', 0, 11),
      span('infer', 1, 10, 'cpu'),
      span('infer', 5, 15),
      span('infer', 6, 14, 'cpu'),
      span('infer', 11, 20),
      span('draw', 2, 4),
    ];
    const rows = layOutTimeline(spans);
    expect(rows.map(({ kind, name, lanes }) => [kind, name, lanes.map((lane) => lane.length)])).toEqual([
      ['isolate', 'cpu', [1, 1]],
      ['node', 'infer', [2, 1]],
      ['node', 'draw', [1]],
    ]);
  });

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
    expect(wholeRun([span('a', 3, 4), span('b', 1, 9)])).toEqual({ start: 1, end: 9 });
    expect(wholeRun([])).toEqual({ start: 0, end: 1 });
  });

  test('has round numbers on its axis', () => {
    expect(axisTicks({ start: 0, end: 100 }, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(axisTicks({ start: 12, end: 13 }, 4)).toEqual([12, 12.5, 13]);
  });
});

test('self times add up what each node did, and count work in another process once', () => {
  const times = selfTimes([
    span('infer', 0, 10),
    span('infer', 1, 9, 'cpu'),
    span('infer', 20, 50),
    span('draw', 0, 10),
  ]);
  expect(times).toEqual([
    { node: 'infer', calls: 2, total: 40, mean: 20, max: 30, share: 0.8, isolate: 'cpu' },
    { node: 'draw', calls: 1, total: 10, mean: 10, max: 10, share: 0.2, isolate: null },
  ]);
});

function span(node: string, start: number, end: number, isolate: string | null = null): Span {
  return { node, item: null, start, end, isolate };
}
