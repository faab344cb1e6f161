import { BoxSelect, MoveLeft, MoveRight } from 'lucide-react';
import { reach } from '../../shared/graph/edit/reach.ts';
import { describeSelection, invertSelection, selectAll } from '../../shared/graph/edit/selection.ts';
import { announce } from '../announce/announce.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { NO_SELECTION, type Selection } from '../state/selection.ts';
import type { Action } from './action.ts';
import { hasGraph, hasNodes, hasSelection, withGraph } from './canvas-conditions.ts';

const SELECT_ALL: Action = {
  id: 'select.all',
  label: 'Select all',
  group: 'Select',
  icon: BoxSelect,
  keys: ['Mod+A'],
  history: 'none',
  when: hasGraph,
  perform: withGraph((graph) => select(graph, selectAll(bodyOf(graph)))),
};

const SELECT_NOTHING: Action = {
  id: 'select.nothing',
  label: 'Select nothing',
  group: 'Select',
  keys: ['Mod+Shift+A', 'Escape'],
  history: 'none',
  when: hasSelection,
  perform: withGraph((graph) => select(graph, NO_SELECTION)),
};

const INVERT: Action = {
  id: 'select.invert',
  label: 'Invert the selection',
  group: 'Select',
  keys: ['Mod+Alt+A'],
  history: 'none',
  when: hasGraph,
  perform: withGraph((graph) => select(graph, invertSelection(bodyOf(graph), graph.store.getState().selection))),
};

const SELECT_UPSTREAM: Action = {
  id: 'select.upstream',
  label: 'Select upstream',
  group: 'Select',
  icon: MoveLeft,
  keys: ['['],
  history: 'none',
  when: hasNodes(),
  perform: withGraph((graph) => selectAlong(graph, 'upstream')),
};

const SELECT_DOWNSTREAM: Action = {
  id: 'select.downstream',
  label: 'Select downstream',
  group: 'Select',
  icon: MoveRight,
  keys: [']'],
  history: 'none',
  when: hasNodes(),
  perform: withGraph((graph) => selectAlong(graph, 'downstream')),
};

export const CANVAS_SELECT_ACTIONS: readonly Action[] = [
  SELECT_ALL,
  SELECT_NOTHING,
  INVERT,
  SELECT_UPSTREAM,
  SELECT_DOWNSTREAM,
];

function selectAlong(graph: OpenGraph, direction: 'upstream' | 'downstream'): void {
  const { selection } = graph.store.getState();
  select(graph, { ...NO_SELECTION, nodes: reach(bodyOf(graph), selection.nodes, direction) });
}

function select({ store }: OpenGraph, selection: Selection): void {
  store.setState({ selection });
  announce(`Selected: ${describeSelection(selection)}.`);
}

function bodyOf({ store }: OpenGraph) {
  const { graph, view } = store.getState();
  return bodyInView(graph, view);
}
