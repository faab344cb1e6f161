import { type PointerEvent, type ReactNode, useState } from 'react';
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

  const begin = (event: PointerEvent<HTMLDivElement>) => {
    const isOnPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    if (!event.altKey || event.button !== 0 || !isOnPane) return;
    // Before React Flow begins a selection with it.
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setLine([[event.clientX, event.clientY]]);
  };
  const end = () => {
    const { flow } = stage.getState();
    setLine(null);
    if (line === null || line.length < 2 || flow === null) return;
    const onCanvas = line.map(([x, y]): Point => {
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
      onPointerMove={(event) => line && setLine([...line, [event.clientX, event.clientY]])}
      onPointerUp={end}
      onPointerCancel={() => setLine(null)}
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
