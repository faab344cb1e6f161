import { useReactFlow } from '@xyflow/react';
import { type FocusEvent, type KeyboardEvent, useRef } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { move } from '../../shared/graph/edit/move.ts';
import { announce } from '../announce/announce.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION } from '../state/selection.ts';
import { editBody } from './edit-body.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { focusNode } from './focus-node.ts';
import { insertionPoint, insertionScreenPoint } from './insertion-point.ts';
import { type Direction, neighbourOf } from './neighbour.ts';
import { openNode } from './open-node.ts';
import { GRID, stage } from './stage.ts';

/**
 * Keys of what on the canvas has the focus. Arrows move a selected node, and otherwise the focus; Ctrl and arrows always
 * move the focus. Space selects, Enter opens a graph or begins a wire at a pin. Tab adds a node while the mouse is in
 * use; whoever goes by keyboard has it for going on, and Shift+A for adding.
 */
export function useCanvasKeys() {
  const open = useOpenGraph();
  const flow = useReactFlow<BoxElement, WireElement>();
  // Known as the focus comes: with the first key pressed, all that has the focus counts as reached by keyboard.
  const isByKeyboard = useRef(false);
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      isByKeyboard.current = target.matches(':focus-visible');
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.defaultPrevented || isInField(event.target)) return;
      if (handle(event)) event.preventDefault();
    },
  };

  function handle(event: KeyboardEvent<HTMLElement>): boolean {
    if (event.key === 'Tab') return addNode(event);
    const pin = pinOf(event.target);
    if (pin !== null && (event.key === 'Enter' || event.key === ' ' || event.key.toLowerCase() === 'c')) {
      stage.setState({ keyboardWire: { node: pin.node, pin } });
      return true;
    }
    const id = boxOf(event.target);
    const direction = DIRECTIONS[event.key];
    if (direction !== undefined && !event.altKey) return arrow(event, id, direction);
    if (id === null || pin !== null) return false;
    if (event.key === ' ' || event.key === 'Enter') {
      if (event.key === 'Enter' && !event.ctrlKey && !event.altKey && openNode(open, id)) return true;
      if (event.ctrlKey || event.altKey || event.metaKey) return false;
      select(open, flow.getNode(id), event.shiftKey);
      return true;
    }
    return false;
  }

  function arrow(event: KeyboardEvent, id: string | null, direction: Direction): boolean {
    const { selection } = open.store.getState();
    const isSelected = id !== null && (selection.nodes.has(id) || selection.notes.has(id) || selection.frames.has(id));
    if (isSelected && !event.ctrlKey && !event.metaKey) {
      const [dx, dy] = STEPS[direction];
      const step = event.shiftKey ? 5 * GRID : GRID;
      const by: Point = [dx * step, dy * step];
      const moved = editBody(open, 'Move', (draft) => move(draft, selection, by), { merge: 'move by arrows' });
      if (moved.ok) announce(`${moved.said.slice(0, -1)} ${direction} by ${step}.`);
      return true;
    }
    open.editor.mark();
    const next = neighbourOf(flow.getNodes(), id, direction);
    if (next !== null) focusNode(next);
    return next !== null;
  }

  function addNode({ shiftKey, ctrlKey, altKey }: KeyboardEvent): boolean {
    if (shiftKey || ctrlKey || altKey || isByKeyboard.current) return false;
    stage.setState({ insertion: { at: insertionPoint(), screen: insertionScreenPoint(), pin: null } });
    return true;
  }
}

const DIRECTIONS: Readonly<Record<string, Direction | undefined>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const STEPS: Readonly<Record<Direction, Point>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

function select({ store }: OpenGraph, box: BoxElement | undefined, adds: boolean): void {
  if (box === undefined) return;
  const list = ({ node: 'nodes', frame: 'frames', note: 'notes' } as const)[box.type];
  const { selection } = store.getState();
  const keys = new Set(adds ? selection[list] : []);
  const wasSelected = selection[list].has(box.id);
  if (adds && wasSelected) keys.delete(box.id);
  else keys.add(box.id);
  store.setState({ selection: { ...(adds ? selection : NO_SELECTION), [list]: keys } });
  announce(`${box.ariaLabel ?? box.id}, ${keys.has(box.id) ? 'selected' : 'not selected'}.`);
}

function isInField(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function boxOf(target: EventTarget): string | null {
  return (target instanceof Element && target.closest<HTMLElement>('.react-flow__node')?.dataset.id) || null;
}

function pinOf(target: EventTarget): DraggedPin | null {
  if (!(target instanceof HTMLElement) || !target.classList.contains('pin')) return null;
  const { nodeid: node, handleid: pin, side } = target.dataset;
  if (node === undefined || pin === undefined) return null;
  return { node, pin, kind: side === 'output' ? 'output' : 'input' };
}
