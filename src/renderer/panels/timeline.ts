import type { RunReport } from '../../shared/protocol/window-calls.ts';

export type Span = RunReport['spans'][number];

/** One line of the timeline: a node, or a process beside the engine's. */
export interface TimelineRow {
  readonly kind: 'node' | 'isolate';
  readonly name: string;
  /** Work that went on at one time is stacked: lane 0 is the topmost. */
  readonly lanes: readonly (readonly Span[])[];
}

/** A part of a run, in ms since it began. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** What a node cost, over all its spans. */
export interface SelfTime {
  readonly node: string;
  readonly calls: number;
  /** ms */
  readonly total: number;
  readonly mean: number;
  readonly max: number;
  /** Of the time of all nodes, 0–1. */
  readonly share: number;
  readonly isolate: string | null;
}

/** Rows in the order in which their first work began: isolates first, then nodes. */
export function layOutTimeline(spans: readonly Span[]): TimelineRow[] {
  const isolates = Map.groupBy(spans.filter(isBeside), ({ isolate }) => isolate ?? '');
  return [...rows('isolate', isolates), ...rows('node', ownSpans(spans))];
}

/** The window around the whole run. */
export function wholeRun(spans: readonly Span[]): TimeWindow {
  let start = Infinity;
  let end = 0;
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return end > start ? { start, end } : { start: 0, end: 1 };
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

export function selfTimes(spans: readonly Span[]): SelfTime[] {
  const nodes = ownSpans(spans);
  const all = [...nodes.values()].flat().reduce((sum, { start, end }) => sum + (end - start), 0);
  const beside = new Map(spans.filter(isBeside).map(({ node, isolate }) => [node, isolate]));
  return [...nodes].map(([node, own]) => {
    const times = own.map(({ start, end }) => end - start);
    const total = times.reduce((sum, ms) => sum + ms, 0);
    const isolate = beside.get(node) ?? null;
    const max = times.reduce((a, b) => Math.max(a, b), 0);
    return {
      node,
      calls: own.length,
      total,
      mean: total / own.length,
      max,
      share: all === 0 ? 0 : total / all,
      isolate,
    };
  });
}

/** The spans of each node. Its work in another process is a part of its own, and counts once. */
function ownSpans(spans: readonly Span[]): Map<string, Span[]> {
  return Map.groupBy(
    spans.filter((span) => !isBeside(span)),
    ({ node }) => node,
  );
}

function isBeside({ isolate }: Span): boolean {
  return isolate !== null;
}

/** ms */
const MIN_LENGTH = 0.001;

function rows(kind: TimelineRow['kind'], groups: ReadonlyMap<string, readonly Span[]>): TimelineRow[] {
  return [...groups]
    .map(([name, spans]) => ({ kind, name, lanes: stack(spans) }))
    .sort((a, b) => a.lanes[0][0].start - b.lanes[0][0].start);
}

/** Each span goes into the first lane that is free when it begins. */
function stack(spans: readonly Span[]): Span[][] {
  const lanes: Span[][] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const free = lanes.find((lane) => lane[lane.length - 1].end <= span.start);
    if (free === undefined) lanes.push([span]);
    else free.push(span);
  }
  return lanes;
}

function within(start: number, length: number, whole: TimeWindow): TimeWindow {
  const from = Math.max(whole.start, Math.min(whole.end - length, start));
  return { start: from, end: from + length };
}
