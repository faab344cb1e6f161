import { Pin, X } from 'lucide-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import type { PinRef } from '../../shared/protocol/preview.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { typeOf } from './format-value.ts';
import {
  closeHover,
  closePinned,
  type HoveredPin,
  hoverStore,
  type LookedPin,
  leaveHover,
  movePinned,
  type PinnedLook,
  pinLook,
  stayHovered,
} from './hover.ts';
import { PinValue } from './pin-value.tsx';
import { usePinView } from './pin-views.ts';

/** The looks at pins: the one under the pointer, and those that were pinned. Stands once in the window, over the canvas. */
export function PinHover() {
  const graph = useOpenGraph().id;
  const { hovered, pinned } = useStore(hoverStore);
  return createPortal(
    <>
      {pinned.map((look) => look.graph === graph && <Pinned key={keyOf(look.ref)} look={look} />)}
      {hovered?.graph === graph && <Hovered key={keyOf(hovered.ref)} pin={hovered} />}
    </>,
    document.body,
  );
}

const CARD = 'fixed z-30 w-64 rounded-node border border-line bg-raised text-fg text-xs shadow-raised';
/** Between a look and its pin, and to the borders of the window, in CSS pixels. */
const GAP = 12;
const MARGIN = 8;

function Hovered({ pin }: { pin: HoveredPin }) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    const settle = () => setPlace(placeBeside(pin.anchor.getBoundingClientRect(), element, pin.ref.side));
    settle();
    // The value comes later than the card, and makes it higher.
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    return () => observer.disconnect();
  }, [pin]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') closeHover();
    };
    // A pin that is deleted under the pointer tells of no leaving.
    const onPointer = () => {
      if (!pin.anchor.isConnected) closeHover();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('pointermove', onPointer);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('pointermove', onPointer);
    };
  }, [pin]);
  return (
    <div
      ref={card}
      role="tooltip"
      className={CARD}
      style={{ left: place?.x ?? 0, top: place?.y ?? 0, visibility: place === null ? 'hidden' : undefined }}
      onPointerEnter={stayHovered}
      onPointerLeave={leaveHover}
    >
      <Look pin={pin}>
        <IconButton icon={Pin} label="Keep open" onClick={() => place !== null && pinLook(place)} />
      </Look>
    </div>
  );
}

function Pinned({ look }: { look: PinnedLook }) {
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      movePinned(look, look.x + event.movementX, look.y + event.movementY);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (event.key === 'Escape') closePinned(look);
    else if (step === undefined) return;
    else movePinned(look, look.x + step[0], look.y + step[1]);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move it.
      tabIndex={0}
      aria-label={`Value of ${look.ref.pin} of ${look.ref.node}`}
      className={CARD}
      style={{ left: look.x, top: look.y }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('button, [data-selectable]')) return;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
    >
      <Look pin={look}>
        <IconButton icon={X} label="Close" onClick={() => closePinned(look)} />
      </Look>
    </section>
  );
}

const STEPS: Readonly<Partial<Record<string, readonly [number, number]>>> = {
  ArrowLeft: [-16, 0],
  ArrowRight: [16, 0],
  ArrowUp: [0, -16],
  ArrowDown: [0, 16],
};

function Look({ pin, children }: { pin: LookedPin; children: ReactNode }) {
  const { ref } = pin;
  const view = usePinView(ref, THUMBNAIL * window.devicePixelRatio);
  const type = (view === null ? null : typeOf(view)) ?? pin.type;
  return (
    <>
      <header className="flex h-7 items-center gap-2 border-line border-b pr-0.5 pl-2.5">
        <span className="truncate font-medium">
          <span className="text-dim">{ref.node}.</span>
          {ref.pin}
        </span>
        <span className="min-w-0 flex-1 truncate text-right font-mono text-2xs text-dim">{type}</span>
        {children}
      </header>
      <div className="flex flex-col gap-2 p-2.5">
        {pin.description !== null && <p className="text-dim">{pin.description}</p>}
        <PinValue view={view} />
      </div>
    </>
  );
}

/** CSS pixels */
const THUMBNAIL = 236;

/** Right of an output, left of an input, where there is room; always inside the window. */
function placeBeside(anchor: DOMRect, card: HTMLElement, side: PinRef['side']): { x: number; y: number } {
  const right = anchor.right + GAP;
  const left = anchor.left - GAP - card.offsetWidth;
  const fitsRight = right + card.offsetWidth <= window.innerWidth - MARGIN;
  const x = side === 'output' ? (fitsRight ? right : left) : left >= MARGIN ? left : right;
  const lowest = window.innerHeight - MARGIN - card.offsetHeight;
  return { x: Math.max(MARGIN, x), y: Math.max(MARGIN, Math.min(anchor.top - MARGIN, lowest)) };
}

function keyOf({ node, side, pin }: PinRef): string {
  return `${node} ${side} ${pin}`;
}
