import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import { cutWires } from '../../shared/graph/edit/cut-wires.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import { stage } from './stage.ts';
import { polyline, type WireCurve } from './wire-path.ts';

interface CutLineProps {
  /** The way of each wire, by its key. */
  curves(): ReadonlyMap<string, WireCurve>;
  readonly children: ReactNode;
}

/** Alt and a drag over the empty canvas cuts the wires that it crosses. */
export function CutLine({ curves, children }: CutLineProps) {
  const open = useOpenGraph();
  const [line, setLine] = useState<readonly Point[] | null>(null);
  // What is drawn may be a step behind the pointer.
  const latest = useRef<readonly Point[] | null>(null);
  const draw = (points: readonly Point[] | null) => {
    latest.current = points;
    setLine(points);
  };

  const begin = (event: PointerEvent<HTMLDivElement>) => {
    const isOnPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    if (!event.altKey || event.button !== 0 || !isOnPane) return;
    // Before React Flow begins a selection with it.
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    draw([[event.clientX, event.clientY]]);
  };
  const goOn = (event: PointerEvent<HTMLDivElement>) => {
    if (latest.current !== null) draw([...latest.current, [event.clientX, event.clientY]]);
  };
  const end = () => {
    const { flow } = stage.getState();
    const points = latest.current;
    draw(null);
    if (points === null || points.length < 2 || flow === null) return;
    const onCanvas = points.map(([x, y]): Point => {
      const place = flow.screenToFlowPosition({ x, y });
      return [place.x, place.y];
    });
    const paths = new Map([...curves()].map(([wire, curve]) => [wire, polyline(curve)]));
    editBody(open, 'Cut wires', (draft) => cutWires(draft, onCanvas, paths));
  };
  return (
    <div
      className="h-full"
      onPointerDownCapture={begin}
      onPointerMove={goOn}
      onPointerUp={end}
      onPointerCancel={() => draw(null)}
    >
      {children}
      {line !== null && (
        <svg aria-hidden className="pointer-events-none fixed inset-0 z-20 size-full">
          <polyline
            points={line.map((point) => point.join(',')).join(' ')}
            className="fill-none stroke-failed"
            strokeWidth={1.5}
            strokeDasharray="6 4"
          />
        </svg>
      )}
    </div>
  );
}
