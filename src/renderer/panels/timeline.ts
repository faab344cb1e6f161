import type { SpanColumns } from '../../shared/protocol/run-report.ts';

/** A part of a run, in ms since it began. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** The window around the whole run. */
export function wholeRun({ start, end }: Pick<SpanColumns, 'start' | 'end'>): TimeWindow {
  const first = start.reduce((a, b) => Math.min(a, b), Infinity);
  const last = end.reduce((a, b) => Math.max(a, b), 0);
  return last > first ? { start: first, end: last } : { start: 0, end: 1 };
}

/** The window zoomed by `factor` (above 1: closer) around `at` ms, inside the whole and no finer than a microsecond. */
export function zoomWindow(window: TimeWindow, at: number, factor: number, whole: TimeWindow): TimeWindow {
  const length = Math.max(MIN_LENGTH, Math.min(whole.end - whole.start, (window.end - window.start) / factor));
  const fraction = (at - window.start) / (window.end - window.start);
  return within(at - fraction * length, length, whole);
}

export function panWindow(window: TimeWindow, by: number, whole: TimeWindow): TimeWindow {
  return within(window.start + by, window.end - window.start, whole);
}

/** Places for labels on the axis: a round distance apart, at most `count` of them. */
export function axisTicks({ start, end }: TimeWindow, count: number): number[] {
  const rough = (end - start) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= rough) ?? 10 * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(start / step); tick * step <= end; tick++) ticks.push(tick * step);
  return ticks;
}

/** A moment of the run, with the digits that tell it from one `step` ms later: `2.134 s`, `12.5 ms`. */
export function momentText(ms: number, step: number): string {
  const [unit, name] = ms + step >= 1000 ? [1000, 's'] : [1, 'ms'];
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / unit) - 1e-9)));
  return `${(ms / unit).toFixed(digits)} ${name}`;
}

/**
 * Place in a lane of the first span that ends after `time`; the length of the lane when none does.
 * @param lane numbers of spans, one after the other
 */
export function firstAfter(lane: Int32Array, end: Float64Array, time: number): number {
  let from = 0;
  let to = lane.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (end[lane[middle]] > time) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** ms */
const MIN_LENGTH = 0.001;

function within(start: number, length: number, whole: TimeWindow): TimeWindow {
  const from = Math.max(whole.start, Math.min(whole.end - length, start));
  return { start: from, end: from + length };
}
