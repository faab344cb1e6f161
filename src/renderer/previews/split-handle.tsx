import { ChevronsLeftRight } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';

interface SplitHandleProps {
  /** 0–1 from the left. */
  readonly split: number;
  readonly left: string;
  readonly right: string;
  onMove(split: number): void;
}

/** The line between two pictures that are compared: dragged, or moved with the arrow keys. */
export function SplitHandle({ split, left, right, onMove }: SplitHandleProps) {
  const moveTo = (to: number) => onMove(Math.min(1, Math.max(0, to)));
  const onPointerMove = ({ currentTarget, clientX, pointerId }: PointerEvent<HTMLDivElement>) => {
    const view = currentTarget.parentElement?.getBoundingClientRect();
    if (view === undefined || !currentTarget.hasPointerCapture(pointerId)) return;
    moveTo((clientX - view.left) / view.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: split - STEP, ArrowRight: split + STEP, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    moveTo(to);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <Name side="left-1" text={left} />
      <Name side="right-1" text={right} />
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Line between ${left} and ${right}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(split * 100)}
        aria-valuetext={`${Math.round(split * 100)} % of ${left}`}
        className="nodrag nopan group/split absolute inset-y-0 z-10 -ml-2 flex w-4 cursor-ew-resize touch-none items-center justify-center"
        style={{ left: `${split * 100}%` }}
        onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <span className="absolute inset-y-0 w-0.5 bg-accent" />
        <span className="relative flex size-5 items-center justify-center rounded-full bg-accent text-on-accent">
          <ChevronsLeftRight aria-hidden className="size-3.5" />
        </span>
      </div>
    </>
  );
}

const STEP = 0.02;

function Name({ side, text }: { side: string; text: string }) {
  return (
    <span className={`pointer-events-none absolute bottom-1 z-10 rounded-control bg-raised px-1.5 text-2xs ${side}`}>
      {text}
    </span>
  );
}
