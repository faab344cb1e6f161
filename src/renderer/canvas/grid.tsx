import { useStore } from '@xyflow/react';
import { memo } from 'react';
import { shallow } from 'zustand/shallow';
import { gridStep } from './grid-step.ts';

/** CSS pixels across. */
const DOT = 1.5;

/**
 * The dots behind the graph, as rows of dashes. A pattern, which React Flow's own background is, has to be painted on all
 * of the canvas whenever the view moves: with fifty nodes in view that was half of all painting (decision 015).
 */
export function Grid() {
  const { x, y, step, width, height } = useStore(gridOf, shallow);
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 -z-1 overflow-visible"
      style={{ width, height, transform: `translate(${x}px, ${y}px)` }}
    >
      <Rows step={step} width={width} height={height} />
    </svg>
  );
}

interface RowsProps {
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

/** Enough dots for the view wherever the first one is, so that they stay as they are while the view is panned. */
const Rows = memo(function Rows({ step, width, height }: RowsProps) {
  const rows = Array.from({ length: Math.ceil(height / step) + 1 }, (_, row) => row * step);
  return (
    <g stroke="var(--canvas-grid)" strokeWidth={DOT} strokeDasharray={`${DOT} ${step - DOT}`}>
      {rows.map((y) => (
        <line key={y} x2={width + step} y1={y} y2={y} />
      ))}
    </g>
  );
});

interface FlowView {
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly width: number;
  readonly height: number;
}

function gridOf({ transform: [x, y, zoom], width, height }: FlowView): { x: number; y: number } & RowsProps {
  const step = gridStep(zoom);
  return { x: beforeView(x, step), y: beforeView(y, step), step, width, height };
}

/** Of the lines that go through a place, that which is the last before the view begins. */
function beforeView(place: number, step: number): number {
  return (place % step) - (place % step > 0 ? step : 0);
}
