import { useMemo, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Point } from '../../shared/graph/document.ts';
import type { AppState } from '../state/app-store.ts';
import { useApp } from '../state/app-store.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { NodeRun } from '../state/run-state.ts';
import type { Selection } from '../state/selection.ts';
import { type BoxElement, boxElements, type WireElement, wireElements } from './flow-elements.ts';
import { showBody } from './shown-body.ts';
import type { ShownNode } from './shown-node.ts';

/** What is being moved, and how far: it is in the document only when the drag has ended. */
export interface Moving {
  readonly selection: Selection;
  readonly by: Point;
}

export interface Elements {
  readonly shown: ReadonlyMap<string, ShownNode>;
  readonly boxes: BoxElement[];
  readonly wires: WireElement[];
}

/** Everything on the canvas, with the very elements of before for all that looks as before. */
export function useElements(moving: Moving | null): Elements {
  const graph = useGraphState(graphOf);
  const view = useGraphState(viewOf);
  const checked = useGraphState(checkedOf);
  const selection = useGraphState(selectionOf);
  const failures = useGraphState(useShallow(failuresOf));
  const waits = useGraphState(useShallow(waitsOf));
  const given = useGraphState(useShallow(givenOf));
  const catalogue = useApp(catalogueOf);

  const before = useRef<ReadonlyMap<string, ShownNode>>(new Map());
  const shown = useMemo(() => {
    const told = { failures: new Map(pairs(failures)), waits: new Map(pairs(waits)) };
    const state = { graph, view, checked, ...told, given: new Set(given) };
    before.current = showBody(state, catalogue, before.current);
    return before.current;
  }, [graph, view, checked, failures, waits, given, catalogue]);

  const body = bodyInView(graph, view);
  const boxes = useMemo(() => boxElements(body, shown, selection), [body, shown, selection]);
  const wires = useMemo(() => wireElements(body, shown, selection), [body, shown, selection]);
  const moved = useMemo(() => (moving === null ? boxes : shift(boxes, moving)), [boxes, moving]);
  return { shown, boxes: moved, wires };
}

function shift(boxes: BoxElement[], { selection, by: [dx, dy] }: Moving): BoxElement[] {
  const isMoved = ({ type, id }: BoxElement) => {
    if (type === 'node') return selection.nodes.has(id);
    return type === 'frame' ? selection.frames.has(id) : selection.notes.has(id);
  };
  return boxes.map((box) =>
    isMoved(box) && box.draggable !== false
      ? { ...box, position: { x: box.position.x + dx, y: box.position.y + dy } }
      : box,
  );
}

const graphOf = (state: GraphState) => state.graph;
const viewOf = (state: GraphState) => state.view;
const checkedOf = (state: GraphState) => state.checked;
const selectionOf = (state: GraphState) => state.selection;
const catalogueOf = (state: AppState) => state.catalogue;

/** Paths and sentences in turn: a flat list of strings can be compared with that of before. */
const failuresOf = ({ run }: GraphState) =>
  [...run.nodes].flatMap(([path, { state, error }]) => (state === 'failed' && error ? [path, error.message] : []));

const waitsOf = ({ run }: GraphState) =>
  [...run.nodes].flatMap(([path, { waitsFor }]) => (waitsFor === null ? [] : [path, waitsFor.message]));

const givenOf = ({ run }: GraphState) => [...run.nodes].flatMap(([path, node]) => (hasGiven(node) ? [path] : []));

function hasGiven({ state, items }: NodeRun): boolean {
  return state === 'done' || state === 'cached' || (items !== null && items > 0);
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((path, index) => (index % 2 === 0 ? [[path, flat[index + 1]]] : []));
}
