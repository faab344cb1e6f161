import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { MapsLook, PinRef } from '../../shared/protocol/preview.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import type { Beside } from './beside.ts';
import { type DrawablePicture, drawable, drawScene } from './draw-view.ts';
import { fitFrame, type PictureFrame, panFrame, type Size, toPicture, zoomFrame } from './picture-frame.ts';
import { useBesideScene } from './use-beside-scene.ts';
import { useCloseUp } from './use-close-up.ts';
import { useElementSize } from './use-element-size.ts';
import type { Overlay, ShownPicture } from './viewer-content.ts';

interface PictureViewProps {
  readonly picture: ShownPicture;
  readonly overlays: readonly Overlay[];
  /** Feature maps that are looked at, where those are chosen. */
  readonly maps: MapsLook | null;
  /** Another picture over the left part of this one; null for none. */
  readonly beside: Beside | null;
  /** Where the picture is from, for a closer look at a part of it. */
  readonly source: PinRef;
  /** Changes when the pin has another value. */
  readonly version: string;
  readonly label: string;
  /** Pixels of the screen for one of the page's: above 1 on fine screens, and on a canvas that is zoomed in. */
  readonly density: number;
  /** It is what the person came for: its keys work at once. */
  readonly takesFocus: boolean;
  /** The pointer is at a point of the picture, in its pixels; null when it has left. */
  onPoint(at: { readonly x: number; readonly y: number } | null): void;
  /** The picture was clicked on at a point. */
  onPick(at: { readonly x: number; readonly y: number }): void;
}

/**
 * A picture with what was found in it. The wheel zooms down to single pixels with their values; then dragging moves it
 * and a double click fits it in again. By keyboard: + and -, arrows, 0.
 */
export function PictureView({
  picture,
  overlays,
  maps,
  beside,
  source,
  version,
  label,
  density,
  takesFocus,
  onPoint,
  onPick,
}: PictureViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useElementSize(canvas);
  const whole = useMemo<Size>(
    () => ({ width: picture.sourceWidth, height: picture.sourceHeight }),
    [picture.sourceWidth, picture.sourceHeight],
  );
  const [chosen, setChosen] = useState<PictureFrame | null>(null);
  const frame = view === null ? null : (chosen ?? fitFrame(whole, view));
  const graph = useOpenGraph().id;
  const closeUp = useCloseUp({ graph, source, maps, version, frame: chosen, picture, view });
  const besideScene = useBesideScene({ beside, own: picture, frame, isWhole: chosen === null, view });

  useEffect(() => {
    if (takesFocus) canvas.current?.focus();
  }, [takesFocus]);

  const overview = useRef<DrawablePicture | null>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context || frame === null || view === null) return;
    // Setting the size of a canvas clears it, so it is only done when it changes.
    const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    if (overview.current?.picture !== picture) overview.current = drawable(picture, overview.current);
    const pictures = closeUp === null ? [overview.current] : [overview.current, closeUp];
    const scene = { view, ratio: density, ink: inkOf(view) };
    drawScene(context, { ...scene, pictures, overlays, frame, part: [beside?.split ?? 0, 1] });
    if (besideScene !== null) drawScene(context, { ...scene, ...besideScene, overlays: [] });
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
  const pointOf = ({ currentTarget, clientX, clientY }: MouseEvent<HTMLCanvasElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    if (frame === null || view === null) return null;
    const at = { x: ((clientX - left) / width) * view.width, y: ((clientY - top) / height) * view.height };
    return toPicture(frame, view, at);
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 1) pan(event.movementX, event.movementY);
    onPoint(pointOf(event));
  };
  const pressed = useRef({ x: 0, y: 0 });
  const onClick = (event: MouseEvent<HTMLCanvasElement>) => {
    // The end of a drag is no click, nor is the second half of a double click.
    const moved = Math.hypot(event.clientX - pressed.current.x, event.clientY - pressed.current.y);
    const at = pointOf(event);
    if (moved < CLICK_REACH && event.detail === 1 && at !== null) onPick(at);
  };

  return (
    <canvas
      ref={canvas}
      tabIndex={0}
      role="img"
      aria-label={label}
      // A picture that fills its place is no handle to drag the node by once it can be moved itself.
      className={`nowheel block size-full min-h-0 touch-none ${chosen === null ? '' : 'nodrag nopan cursor-grab active:cursor-grabbing'}`}
      onPointerDown={({ clientX: x, clientY: y }) => {
        pressed.current = { x, y };
      }}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPoint(null)}
      onClick={onClick}
      onDoubleClick={(event) => {
        event.stopPropagation();
        setChosen(null);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** CSS pixels that a hand may move between pressing and letting go. */
const CLICK_REACH = 4;

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
