import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { tracksOf } from '../../shared/profile/tracks.ts';
import type { RunProfile } from '../../shared/protocol/run-report.ts';
import { useElementSize } from '../previews/use-element-size.ts';
import { formatDuration } from '../run/describe-run.ts';
import { showNode } from '../run/show-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import {
  AXIS_HEIGHT,
  drawTimeline,
  hitAt,
  NAMES_WIDTH,
  placeRows,
  type TimelineView,
  timeAt,
} from './draw-timeline.ts';
import { SpanTip } from './span-tip.tsx';
import { momentText, panWindow, type TimeWindow, wholeRun, zoomWindow } from './timeline.ts';

/** A press that moves less than this is a click, in pixels. */
const CLICK_SLACK = 4;
const KEY_ZOOM = 1.5;
/** Pixels. */
const KEY_STEP = 40;

/**
 * Work over time, a row for each process and node. The wheel zooms, with Shift it scrolls; dragging moves, a click goes to
 * a node, a double click shows the whole run.
 */
export function Timeline({ profile }: { profile: RunProfile }) {
  const graph = useOpenGraph();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(box);
  const rows = useMemo(() => placeRows(tracksOf(profile)), [profile]);
  const whole = useMemo(() => wholeRun(profile.spans), [profile]);
  const [chosen, setChosen] = useState<TimeWindow | null>(null);
  const [scrolled, setScrolled] = useState(0);
  const [pointed, setPointed] = useState<{ readonly span: number; readonly x: number; readonly y: number } | null>(
    null,
  );
  const pressed = useRef<{ x: number; moved: boolean } | null>(null);
  const shown = chosen ?? whole;
  const view = useMemo<TimelineView | null>(
    () => size && { profile, rows, shown, scrolled, size },
    [profile, rows, shown, scrolled, size],
  );

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || view === null) return;
    const draw = () => drawTimeline(context, view);
    draw();
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => themes.disconnect();
  }, [view]);

  // From what was chosen last, which several events between two frames may change.
  const zoom = (x: number, factor: number) => {
    if (view === null) return;
    setChosen((before) => {
      const now = before ?? whole;
      const next = zoomWindow(now, timeAt({ ...view, shown: now }, x), factor, whole);
      return next.end - next.start >= whole.end - whole.start ? null : next;
    });
  };
  const pan = (pixels: number) => {
    if (view === null) return;
    setChosen((before) => {
      const now = before ?? whole;
      return panWindow(now, (-pixels * (now.end - now.start)) / (view.size.width - NAMES_WIDTH), whole);
    });
  };
  const latest = useRef({ zoom, pan });
  useEffect(() => {
    latest.current = { zoom, pan };
  });
  useEffect(() => {
    const element = canvas.current;
    // React listens to the wheel passively; here it must not scroll the panel.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.shiftKey) box.current?.scrollBy(0, event.deltaY || event.deltaX);
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) latest.current.pan(-event.deltaX);
      else latest.current.zoom(event.offsetX, 1.002 ** -event.deltaY);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { x: event.clientX, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const press = pressed.current;
    if (press !== null) {
      press.moved ||= Math.abs(event.clientX - press.x) >= CLICK_SLACK;
      if (!press.moved) return;
      setPointed(null);
      pan(event.clientX - press.x);
      press.x = event.clientX;
      return;
    }
    const { offsetX, offsetY } = event.nativeEvent;
    const hit = view && hitAt(view, offsetX, offsetY);
    setPointed(hit?.span == null ? null : { span: hit.span, x: event.clientX, y: event.clientY });
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const press = pressed.current;
    pressed.current = null;
    if (press === null || press.moved || view === null) return;
    const hit = hitAt(view, event.nativeEvent.offsetX, event.nativeEvent.offsetY);
    if (hit === null) return;
    if (hit.span !== null) showNode(graph, profile.nodes[profile.spans.node[hit.span]].id);
    else if (hit.row.track.kind === 'node') showNode(graph, hit.row.track.name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const middle = view === null ? 0 : (NAMES_WIDTH + view.size.width) / 2;
    if (event.key === '+' || event.key === '=') zoom(middle, KEY_ZOOM);
    else if (event.key === '-') zoom(middle, 1 / KEY_ZOOM);
    else if (event.key === 'ArrowLeft') pan(KEY_STEP);
    else if (event.key === 'ArrowRight') pan(-KEY_STEP);
    else if (event.key === 'ArrowUp') box.current?.scrollBy(0, -KEY_STEP);
    else if (event.key === 'ArrowDown') box.current?.scrollBy(0, KEY_STEP);
    else if (event.key === '0') setChosen(null);
    else return;
    event.preventDefault();
    // Keys of the canvas behind are not meant.
    event.stopPropagation();
  };

  const length = formatDuration(whole.end - whole.start);
  return (
    <>
      <div
        ref={box}
        className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden"
        onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop)}
      >
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={`Timeline of ${rows.length} rows over ${length}; the table beside it has the same times`}
          style={{ width: '100%', height: size?.height ?? 0 }}
          className={`sticky top-0 block touch-none ${pointed === null ? 'cursor-grab active:cursor-grabbing' : 'cursor-pointer'}`}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => {
            pressed.current = null;
          }}
          onPointerLeave={() => setPointed(null)}
          onDoubleClick={() => setChosen(null)}
          onKeyDown={onKeyDown}
        />
        <div
          aria-hidden
          style={{ height: Math.max(0, AXIS_HEIGHT + (rows.at(-1)?.bottom ?? 0) - (size?.height ?? 0)) }}
        />
      </div>
      {pointed !== null && pointed.span < profile.spans.node.length && <SpanTip profile={profile} {...pointed} />}
      <p className="tabular h-6 shrink-0 truncate border-line border-t px-3 text-dim leading-6">
        {formatDuration(shown.end - shown.start)} in view
        {chosen !== null && ` of ${length}, from ${momentText(shown.start, (shown.end - shown.start) / 100)}`}
      </p>
    </>
  );
}
