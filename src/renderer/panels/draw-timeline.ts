import type { Track } from '../../shared/profile/tracks.ts';
import type { RunProfile } from '../../shared/protocol/run-report.ts';
import type { Size } from '../previews/picture-frame.ts';
import { axisTicks, firstAfter, momentText, type TimeWindow } from './timeline.ts';

export const AXIS_HEIGHT = 20;
export const NAMES_WIDTH = 140;
const LANE_HEIGHT = 16;
const ROW_GAP = 4;

/** A track and where it lies, in pixels below the axis. */
export interface TimelineRow {
  readonly track: Track;
  readonly top: number;
  readonly bottom: number;
}

/** What of a profile is seen. */
export interface TimelineView {
  readonly profile: RunProfile;
  readonly rows: readonly TimelineRow[];
  readonly shown: TimeWindow;
  /** Pixels that were scrolled down. */
  readonly scrolled: number;
  readonly size: Size;
}

export function placeRows(tracks: readonly Track[]): TimelineRow[] {
  let top = 0;
  return tracks.map((track) => {
    const row = { track, top, bottom: top + track.lanes.length * LANE_HEIGHT + ROW_GAP };
    top = row.bottom;
    return row;
  });
}

/** The time at a place from the left, ms. */
export function timeAt({ shown, size }: TimelineView, x: number): number {
  return shown.start + ((x - NAMES_WIDTH) / (size.width - NAMES_WIDTH)) * (shown.end - shown.start);
}

/** What lies at a place of the view: a row, and the span in it, if one does. */
export function hitAt(view: TimelineView, x: number, y: number): { row: TimelineRow; span: number | null } | null {
  const { rows, profile, shown, size, scrolled } = view;
  const below = y - AXIS_HEIGHT + scrolled;
  const row = y < AXIS_HEIGHT ? undefined : rows.find(({ top, bottom }) => below >= top && below < bottom);
  if (row === undefined) return null;
  const lane = row.track.lanes.at(Math.floor((below - row.top) / LANE_HEIGHT));
  if (lane === undefined || x < NAMES_WIDTH) return { row, span: null };
  const { start, end } = profile.spans;
  // A short span is drawn a pixel wide, and hit a little beside it.
  const near = (2 / (size.width - NAMES_WIDTH)) * (shown.end - shown.start);
  const time = timeAt(view, x);
  const span = lane[firstAfter(lane, end, time - near)];
  return { row, span: span !== undefined && start[span] <= time + near ? span : null };
}

/** Draws what is in view, and nothing else. Colours come from the theme, which a canvas does not know of by itself. */
export function drawTimeline(context: CanvasRenderingContext2D, view: TimelineView): void {
  const { rows, shown, scrolled, size } = view;
  const { canvas } = context;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const theme = getComputedStyle(canvas);
  const colour = (name: string) => theme.getPropertyValue(name);
  const plot = size.width - NAMES_WIDTH;
  const x = (time: number) => NAMES_WIDTH + ((time - shown.start) / (shown.end - shown.start)) * plot;
  context.font = `11px ${theme.fontFamily}`;
  context.textBaseline = 'middle';

  const ticks = axisTicks(shown, Math.max(2, plot / 90));
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : shown.end - shown.start;
  context.fillStyle = colour('--line');
  for (const tick of ticks) context.fillRect(Math.round(x(tick)), AXIS_HEIGHT, 1, size.height);

  const inView = rows.filter(({ top, bottom }) => bottom > scrolled && top < scrolled + size.height);
  context.save();
  context.beginPath();
  context.rect(NAMES_WIDTH, AXIS_HEIGHT, plot, size.height);
  context.clip();
  for (const { track, top } of inView) {
    const fill = colour(track.kind === 'process' ? '--pin-model' : '--accent');
    for (const [place, lane] of track.lanes.entries()) {
      const y = AXIS_HEIGHT + top - scrolled + place * LANE_HEIGHT + 1;
      drawLane(context, view, track, lane, { y, x, fill, ink: colour('--canvas') });
    }
  }
  context.restore();

  context.fillStyle = colour('--panel');
  context.fillRect(0, 0, NAMES_WIDTH, size.height);
  for (const { track, top } of inView) {
    context.fillStyle = colour(track.kind === 'process' ? '--fg' : '--dim');
    const y = AXIS_HEIGHT + top - scrolled + LANE_HEIGHT / 2;
    context.fillText(shortened(track.name, NAMES_WIDTH - 20, context), 12, y);
  }

  context.fillStyle = colour('--panel');
  context.fillRect(0, 0, size.width, AXIS_HEIGHT);
  context.fillStyle = colour('--dim');
  for (const tick of ticks) {
    if (x(tick) >= NAMES_WIDTH) context.fillText(momentText(tick, step), x(tick) + 4, AXIS_HEIGHT / 2);
  }
}

interface LanePaint {
  readonly y: number;
  readonly fill: string;
  readonly ink: string;
  x(time: number): number;
}

/** Width from which a span has room for its label, in pixels. */
const LABEL_WIDTH = 36;

function drawLane(
  context: CanvasRenderingContext2D,
  { profile: { nodes, spans }, shown }: TimelineView,
  { kind }: Track,
  lane: Int32Array,
  { y, x, fill, ink }: LanePaint,
): void {
  let filledTo = Number.NEGATIVE_INFINITY;
  for (let k = firstAfter(lane, spans.end, shown.start); k < lane.length; k++) {
    const span = lane[k];
    if (spans.start[span] > shown.end) return;
    const left = x(spans.start[span]);
    const right = Math.max(x(spans.end[span]), left + 1);
    // Thousands of short spans in one pixel are one line.
    if (right <= filledTo) continue;
    filledTo = right;
    context.fillStyle = fill;
    context.fillRect(left, y, right - left - (right - left > 3 ? 1 : 0), LANE_HEIGHT - 3);
    // As much of a long span as is in view carries the label.
    const from = Math.max(left, NAMES_WIDTH) + 4;
    const label = kind === 'process' ? nodes[spans.node[span]].id : itemLabel(spans.item[span]);
    if (right - from < LABEL_WIDTH || label === '') continue;
    context.fillStyle = ink;
    context.fillText(shortened(label, right - from - 4, context), from, y + LANE_HEIGHT / 2 - 1);
  }
}

function itemLabel(item: number): string {
  return item < 0 ? '' : String(item);
}

function shortened(name: string, width: number, context: CanvasRenderingContext2D): string {
  let text = name;
  while (text.length > 1 && context.measureText(text).width > width) text = `${text.slice(0, -2)}…`;
  return text;
}
