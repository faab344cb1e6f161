import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Picture, PinRef } from '../../shared/protocol/preview.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { drawable, drawScene } from './draw-view.ts';
import { fitFrame, type PictureFrame, panFrame, type Size, zoomFrame } from './picture-frame.ts';
import { useCloseUp } from './use-close-up.ts';
import { useElementSize } from './use-element-size.ts';
import type { Overlay } from './viewer-content.ts';

interface PictureViewProps {
  readonly picture: Picture;
  readonly overlays: readonly Overlay[];
  /** Where the picture is from, for a closer look at a part of it. */
  readonly source: PinRef;
  /** Changes when the pin has another value. */
  readonly version: string;
  readonly label: string;
  /** Pixels of the screen for one of the page's: above 1 on fine screens, and on a canvas that is zoomed in. */
  readonly density: number;
  /** It is what the person came for: its keys work at once. */
  readonly takesFocus: boolean;
}

/**
 * A picture with what was found in it. The wheel zooms down to single pixels with their values; then dragging moves it
 * and a double click fits it in again. By keyboard: + and -, arrows, 0.
 */
export function PictureView({ picture, overlays, source, version, label, density, takesFocus }: PictureViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useElementSize(canvas);
  const whole = useMemo<Size>(
    () => ({ width: picture.sourceWidth, height: picture.sourceHeight }),
    [picture.sourceWidth, picture.sourceHeight],
  );
  const [chosen, setChosen] = useState<PictureFrame | null>(null);
  const frame = view === null ? null : (chosen ?? fitFrame(whole, view));
  const graph = useOpenGraph().id;
  const closeUp = useCloseUp({ graph, source, version, frame: chosen, picture, view });

  useEffect(() => {
    if (takesFocus) canvas.current?.focus();
  }, [takesFocus]);

  const overview = useMemo(() => drawable(picture), [picture]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context || frame === null || view === null) return;
    // Setting the size of a canvas clears it, so it is only done when it changes.
    const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    const pictures = closeUp === null ? [overview] : [overview, closeUp];
    drawScene(context, { pictures, overlays, frame, view, ratio: density, ink: inkOf(view) });
  });

  const zoom = (factor: number, at: { x: number; y: number }) => {
    if (view === null) return;
    const fit = fitFrame(whole, view);
    // Several steps may come before the next one is drawn.
    setChosen((before) => {
      const next = zoomFrame(before ?? fit, factor, at, whole, view);
      return next.scale <= fit.scale ? null : next;
    });
  };
  useWheel(canvas, (event) => {
    const box = event.target instanceof Element ? event.target.getBoundingClientRect() : null;
    if (box === null || view === null) return;
    // On a zoomed canvas the pixels of the screen are not those of the view.
    const at = {
      x: ((event.clientX - box.left) / box.width) * view.width,
      y: ((event.clientY - box.top) / box.height) * view.height,
    };
    zoom(1.0015 ** -event.deltaY, at);
  });
  const pan = (dx: number, dy: number) => {
    setChosen((before) => before && panFrame(before, dx, dy, whole));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLCanvasElement>) => {
    const step = PAN_STEPS[event.key];
    const middle = { x: (view?.width ?? 0) / 2, y: (view?.height ?? 0) / 2 };
    if (event.key === '+' || event.key === '=') zoom(1.5, middle);
    else if (event.key === '-') zoom(1 / 1.5, middle);
    else if (event.key === '0') setChosen(null);
    else if (step !== undefined && chosen !== null) pan(...step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 1) pan(event.movementX, event.movementY);
  };

  return (
    <canvas
      ref={canvas}
      tabIndex={0}
      role="img"
      aria-label={label}
      // A picture that fills its place is no handle to drag the node by once it can be moved itself.
      className={`nowheel block size-full min-h-0 touch-none ${chosen === null ? '' : 'nodrag nopan cursor-grab active:cursor-grabbing'}`}
      onPointerMove={onPointerMove}
      onDoubleClick={(event) => {
        event.stopPropagation();
        setChosen(null);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Half as large in a node as in a window, where there would be nothing but labels. */
function inkOf({ width }: Size): number {
  return Math.min(1, Math.max(0.6, width / LARGE_VIEW));
}

/** CSS pixels */
const LARGE_VIEW = 400;

const PAN_STEPS: Readonly<Partial<Record<string, readonly [number, number]>>> = {
  ArrowLeft: [40, 0],
  ArrowRight: [-40, 0],
  ArrowUp: [0, 40],
  ArrowDown: [0, -40],
};

/** React listens to the wheel passively, where scrolling cannot be kept from the page. */
function useWheel(element: { readonly current: HTMLElement | null }, onWheel: (event: WheelEvent) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const target = element.current;
    const listener = (event: WheelEvent) => {
      event.preventDefault();
      event.stopPropagation();
      latest.current(event);
    };
    target?.addEventListener('wheel', listener, { passive: false });
    return () => target?.removeEventListener('wheel', listener);
  }, [element]);
}
