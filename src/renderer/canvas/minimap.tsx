import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { boundsOf } from '../../shared/graph/edit/boxes.ts';
import { categoryLook } from './category-look.ts';
import type { BoxElement } from './flow-elements.ts';

/** CSS pixels. */
const WIDTH = 152;
const HEIGHT = 96;
const PADDING = 6;

/**
 * The whole graph in a corner, with the part that is looked at; a press or drag goes there. It is painted when the graph
 * changes and not while the view moves, for that would cost every frame as much as the canvas itself.
 */
export const Minimap = memo(function Minimap({ boxes }: { boxes: readonly BoxElement[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const store = useStoreApi();
  const map = useMemo(() => mapOf(boxes), [boxes]);

  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, boxes, map);
  }, [boxes, map]);

  useEffect(() => {
    const show = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      if (view.current === null) return;
      const { style } = view.current;
      style.width = `${(width / zoom) * map.scale}px`;
      style.height = `${(height / zoom) * map.scale}px`;
      style.transform = `translate(${map.x + (-x / zoom) * map.scale}px, ${map.y + (-y / zoom) * map.scale}px)`;
    };
    show();
    let shown = store.getState().transform;
    return store.subscribe(({ transform }) => {
      if (transform === shown) return;
      shown = transform;
      show();
    });
  }, [store, map]);

  const goTo = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - left - map.x) / map.scale;
    const y = (event.clientY - top - map.y) / map.scale;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div
      role="img"
      aria-label="Map of the graph"
      className="absolute right-3 bottom-3 z-5 overflow-hidden rounded-control border border-line bg-panel"
      style={{ width: WIDTH, height: HEIGHT }}
      onPointerDown={goTo}
      onPointerMove={goTo}
    >
      <canvas ref={canvas} className="absolute inset-0" style={{ width: WIDTH, height: HEIGHT }} />
      <div ref={view} className="absolute top-0 left-0 rounded-[2px] border border-accent bg-accent/10" />
    </div>
  );
});

/** How canvas units become pixels of the map: times `scale`, then moved by `x` and `y`. */
interface MapTransform {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

function mapOf(boxes: readonly BoxElement[]): MapTransform {
  const bounds = boundsOf(
    boxes.map(({ position: { x, y }, width = 0, height = 0 }) => ({ at: [x, y], size: [width, height] })),
  );
  if (bounds === undefined) return { scale: 0.05, x: WIDTH / 2, y: HEIGHT / 2 };
  const [width, height] = bounds.size;
  const scale = Math.min(0.1, (WIDTH - 2 * PADDING) / width, (HEIGHT - 2 * PADDING) / height);
  const [left, top] = bounds.at;
  return { scale, x: WIDTH / 2 - (left + width / 2) * scale, y: HEIGHT / 2 - (top + height / 2) * scale };
}

function paint(canvas: HTMLCanvasElement, boxes: readonly BoxElement[], { scale, x: dx, y: dy }: MapTransform): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  canvas.width = WIDTH * devicePixelRatio;
  canvas.height = HEIGHT * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const colours = new Map<string, string>();
  for (const box of boxes) {
    const token = box.type === 'node' ? categoryLook(box.data.shown.category).colour : 'var(--line)';
    context.fillStyle = colours.get(token) ?? resolved(token, canvas, colours);
    const { x, y } = box.position;
    const [width, height] = [(box.width ?? 0) * scale, (box.height ?? 0) * scale];
    context.fillRect(dx + x * scale, dy + y * scale, Math.max(1, width), Math.max(1, height));
  }
}

/** A canvas knows no variables of the theme. */
function resolved(token: string, element: HTMLElement, known: Map<string, string>): string {
  const name = /^var\((--[\w-]+)\)$/.exec(token)?.[1];
  const colour = name === undefined ? token : getComputedStyle(element).getPropertyValue(name);
  known.set(token, colour);
  return colour;
}
