import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Size } from '../previews/picture-frame.ts';
import { useElementSize } from '../previews/use-element-size.ts';
import { formatDuration } from '../run/describe-run.ts';
import {
  axisTicks,
  layOutTimeline,
  panWindow,
  type Span,
  type TimelineRow,
  type TimeWindow,
  wholeRun,
  zoomWindow,
} from './timeline.ts';

const AXIS_HEIGHT = 20;
const LANE_HEIGHT = 16;
const ROW_GAP = 4;
const NAMES_WIDTH = 140;

/** Work over time, a row for each process and node. The wheel zooms, dragging moves, a double click shows the whole run. */
export function Timeline({ spans }: { spans: readonly Span[] }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(box);
  const rows = useMemo(() => place(layOutTimeline(spans)), [spans]);
  const whole = useMemo(() => wholeRun(spans), [spans]);
  const [chosen, setChosen] = useState<TimeWindow | null>(null);
  const [pointed, setPointed] = useState<Span | null>(null);
  const shown = chosen ?? whole;
  const height = AXIS_HEIGHT + (rows.at(-1)?.bottom ?? 0);
  const width = (size?.width ?? 0) - NAMES_WIDTH;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || size === null) return;
    draw(context, rows, shown, { width: size.width, height });
  });

  const timeAt = (x: number) => shown.start + ((x - NAMES_WIDTH) / width) * (shown.end - shown.start);
  const zoom = (x: number, factor: number) => {
    const next = zoomWindow(shown, timeAt(x), factor, whole);
    setChosen(next.end - next.start >= whole.end - whole.start ? null : next);
  };
  const latestZoom = useRef(zoom);
  useEffect(() => {
    latestZoom.current = zoom;
  });
  useEffect(() => {
    const element = canvas.current;
    // React listens to the wheel passively; here it must not scroll the panel.
    const onWheel = (event: WheelEvent) => {
      if (event.shiftKey) return;
      event.preventDefault();
      latestZoom.current(event.offsetX, 1.002 ** -event.deltaY);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const pan = (pixels: number) => setChosen(panWindow(shown, (-pixels / width) * (shown.end - shown.start), whole));
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 1) return pan(event.movementX);
    const { offsetX, offsetY } = event.nativeEvent;
    setPointed(spanAt(rows, timeAt(offsetX), offsetY - AXIS_HEIGHT));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const middle = NAMES_WIDTH + width / 2;
    if (event.key === '+' || event.key === '=') zoom(middle, 1.5);
    else if (event.key === '-') zoom(middle, 1 / 1.5);
    else if (event.key === 'ArrowLeft') pan(40);
    else if (event.key === 'ArrowRight') pan(-40);
    else if (event.key === '0') setChosen(null);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div ref={box} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={`Timeline of ${rows.length} rows over ${formatDuration(whole.end - whole.start)}; the table beside it has the same times`}
          style={{ width: '100%', height }}
          className="block touch-none"
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
          onDoubleClick={() => setChosen(null)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p className="tabular h-6 shrink-0 truncate border-line border-t px-3 leading-6 text-dim">
        {pointed === null ? `${formatDuration(shown.end - shown.start)} in view` : describe(pointed)}
      </p>
    </>
  );
}

interface PlacedRow extends TimelineRow {
  readonly top: number;
  readonly bottom: number;
}

function place(rows: readonly TimelineRow[]): PlacedRow[] {
  let top = 0;
  return rows.map((row) => {
    const placed = { ...row, top, bottom: top + row.lanes.length * LANE_HEIGHT + ROW_GAP };
    top = placed.bottom;
    return placed;
  });
}

function spanAt(rows: readonly PlacedRow[], time: number, y: number): Span | null {
  const row = rows.find(({ top, bottom }) => y >= top && y < bottom);
  const lane = row?.lanes.at(Math.floor((y - row.top) / LANE_HEIGHT));
  return lane?.find(({ start, end }) => time >= start && time <= end) ?? null;
}

function describe({ node, item, start, end, isolate }: Span): string {
  const parts = [
    node,
    item === null ? null : `item ${item}`,
    formatDuration(end - start),
    `at ${formatDuration(start)}`,
    isolate,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Colours come from the theme, which a canvas does not know of by itself. */
function draw(
  context: CanvasRenderingContext2D,
  rows: readonly PlacedRow[],
  { start, end }: TimeWindow,
  { width, height }: Size,
): void {
  const { canvas } = context;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const theme = getComputedStyle(canvas);
  const colour = (name: string) => theme.getPropertyValue(name);
  const x = (time: number) => NAMES_WIDTH + ((time - start) / (end - start)) * (width - NAMES_WIDTH);

  context.font = `11px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  for (const tick of axisTicks({ start, end }, Math.max(2, (width - NAMES_WIDTH) / 90))) {
    context.fillStyle = colour('--line');
    context.fillRect(Math.round(x(tick)), 0, 1, height);
    context.fillStyle = colour('--dim');
    context.fillText(formatDuration(tick), x(tick) + 4, AXIS_HEIGHT / 2);
  }

  context.save();
  context.beginPath();
  context.rect(NAMES_WIDTH, 0, width - NAMES_WIDTH, height);
  context.clip();
  for (const { kind, lanes, top } of rows) {
    context.fillStyle = colour(kind === 'isolate' ? '--pin-model' : '--accent');
    for (const [lane, spans] of lanes.entries()) {
      const y = AXIS_HEIGHT + top + lane * LANE_HEIGHT + 1;
      let filledTo = Number.NEGATIVE_INFINITY;
      for (const span of spans) {
        if (span.end < start || span.start > end) continue;
        const left = x(span.start);
        const right = Math.max(x(span.end), left + 1);
        // Thousands of short spans in one pixel are one line.
        if (right <= filledTo) continue;
        context.fillRect(left, y, right - left - (right - left > 3 ? 1 : 0), LANE_HEIGHT - 3);
        filledTo = right;
      }
    }
  }
  context.restore();
  context.fillStyle = colour('--panel');
  context.fillRect(0, 0, NAMES_WIDTH, height);
  for (const { kind, name, top } of rows) {
    context.fillStyle = colour(kind === 'isolate' ? '--fg' : '--dim');
    context.fillText(shortened(name, context), 12, AXIS_HEIGHT + top + LANE_HEIGHT / 2);
  }
}

function shortened(name: string, context: CanvasRenderingContext2D): string {
  let text = name;
  while (text.length > 1 && context.measureText(text).width > NAMES_WIDTH - 20) text = `${text.slice(0, -2)}…`;
  return text;
}
