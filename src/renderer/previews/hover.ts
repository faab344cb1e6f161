import { createStore } from 'zustand/vanilla';
import type { PinRef } from '../../shared/protocol/preview.ts';
import type { OpenGraph } from '../state/graph-store.ts';

/** What is known of a pin without its value. */
export interface PinDescription {
  /** Its type as people read it, until the value tells a narrower one. */
  readonly type: string;
  /** What it is for, or why it does not take a wire. */
  readonly description: string | null;
}

/** A pin of one of the open graphs. */
export interface LookedPin extends PinDescription {
  /** Id of the open graph. */
  readonly graph: string;
  readonly ref: PinRef;
}

/** A pin whose value is looked at for as long as the pointer or the focus is on it. */
export interface HoveredPin extends LookedPin {
  /** Where the look is put beside. */
  readonly anchor: Pick<Element, 'getBoundingClientRect' | 'isConnected'>;
}

/** A look at a pin that stays open until it is closed. */
export interface PinnedLook extends LookedPin {
  /** Top left corner, in CSS pixels of the window. */
  readonly x: number;
  readonly y: number;
}

interface HoverState {
  readonly hovered: HoveredPin | null;
  readonly pinned: readonly PinnedLook[];
}

export const hoverStore = createStore<HoverState>(() => ({ hovered: null, pinned: [] }));

/**
 * What the element of a pin or a wire listens to, so that the value is shown beside it while the pointer or the focus of
 * the keyboard is there: spread it on the element.
 */
export function pinHover({ id }: OpenGraph, ref: PinRef, about: PinDescription) {
  const over = (anchor: HoveredPin['anchor']) => {
    soon(() => hoverStore.setState({ hovered: { ...about, graph: id, ref, anchor } }), OPEN_MS);
  };
  return {
    onPointerEnter: (event: PointerAt) => {
      over(event.currentTarget instanceof SVGElement ? placeOnWire(event) : event.currentTarget);
    },
    onPointerLeave: leaveHover,
    onPointerDown: closeHover,
    onFocus: (event: { readonly currentTarget: Element }) => {
      if (event.currentTarget.matches(':focus-visible')) over(event.currentTarget);
    },
    onBlur: leaveHover,
  };
}

interface PointerAt {
  readonly currentTarget: Element;
  /** CSS pixels of the window. */
  readonly clientX: number;
  readonly clientY: number;
}

/** A wire reaches far; the look belongs where one points at. */
function placeOnWire({ currentTarget: wire, clientX, clientY }: PointerAt): HoveredPin['anchor'] {
  return {
    getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0),
    get isConnected() {
      return wire.isConnected;
    },
  };
}

/** The pointer has come to the look itself: it stays open. */
export function stayHovered(): void {
  clearTimeout(timer);
}

/** Closes the look a moment later, so that the pointer can go over to it. */
export function leaveHover(): void {
  soon(closeHover, CLOSE_MS);
}

export function closeHover(): void {
  clearTimeout(timer);
  if (hoverStore.getState().hovered !== null) hoverStore.setState({ hovered: null });
}

/** Keeps the look at the pin under the pointer open, where it is. */
export function pinLook(at: { readonly x: number; readonly y: number }): void {
  const { hovered, pinned } = hoverStore.getState();
  if (hovered === null) return;
  const { anchor: _, ...pin } = hovered;
  const others = pinned.filter((look) => !isSamePin(look, hovered));
  closeHover();
  hoverStore.setState({ pinned: [...others, { ...pin, ...at }] });
}

export function movePinned(look: PinnedLook, x: number, y: number): void {
  hoverStore.setState(({ pinned }) => ({
    pinned: pinned.map((other) => (isSamePin(other, look) ? { ...look, x, y } : other)),
  }));
}

export function closePinned(look: PinnedLook): void {
  hoverStore.setState(({ pinned }) => ({ pinned: pinned.filter((other) => !isSamePin(other, look)) }));
}

/** ms. Long enough to pass over a pin, short enough to wait for. */
const OPEN_MS = 250;
const CLOSE_MS = 200;
let timer = 0;

function soon(task: () => void, ms: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(task, ms);
}

function isSamePin(a: LookedPin, b: LookedPin): boolean {
  return a.graph === b.graph && a.ref.node === b.ref.node && a.ref.side === b.ref.side && a.ref.pin === b.ref.pin;
}
