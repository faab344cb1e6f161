import { Cable, Frame, Plus, StickyNote, Unlink } from 'lucide-react';
import { addAfter } from '../../shared/graph/edit/add-after.ts';
import { disconnect } from '../../shared/graph/edit/disconnect.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { addFrame } from '../../shared/graph/edit/frames.ts';
import { addNote } from '../../shared/graph/edit/notes.ts';
import { nodeAt } from '../../shared/graph/edit/pin-end.ts';
import { editBody } from '../canvas/edit-body.ts';
import { insertionPoint, insertionScreenPoint } from '../canvas/insertion-point.ts';
import { stage } from '../canvas/stage.ts';
import { bodyInView } from '../state/body-in-view.ts';
import { NO_SELECTION } from '../state/selection.ts';
import type { Action } from './action.ts';
import { hasBoxes, hasGraph, hasNodes, withGraph } from './canvas-conditions.ts';

export const ADD_NODE: Action = {
  id: 'insert.node',
  label: 'Add a node…',
  group: 'Insert',
  icon: Plus,
  keys: ['Shift+A'],
  history: 'step',
  when: hasGraph,
  perform: () => stage.setState({ insertion: { at: insertionPoint(), screen: insertionScreenPoint(), pin: null } }),
};

const ADD_FRAME: Action = {
  id: 'insert.frame',
  label: 'Put a frame around the selection',
  group: 'Insert',
  icon: Frame,
  keys: ['Shift+F'],
  history: 'step',
  when: hasBoxes(),
  perform: withGraph((graph) => {
    const { selection } = graph.store.getState();
    const { sizes } = stage.getState();
    const added = editBody(graph, 'Add a frame', (draft) => addFrame(draft, selection, sizes, 'Frame'));
    if (added.ok) graph.store.setState({ selection: { ...NO_SELECTION, frames: new Set([added.frame]) } });
  }),
};

const ADD_NOTE: Action = {
  id: 'insert.note',
  label: 'Add a note',
  group: 'Insert',
  icon: StickyNote,
  keys: ['Shift+N'],
  history: 'step',
  when: hasGraph,
  perform: withGraph((graph) => {
    const at = insertionPoint();
    const added = editBody(graph, 'Add a note', (draft) => addNote(draft, at, ''));
    if (!added.ok) return;
    graph.store.setState({ selection: { ...NO_SELECTION, notes: new Set([added.note]) } });
    stage.setState({ renaming: added.note });
  }),
};

const CONNECT: Action = {
  id: 'insert.wire',
  label: 'Connect a pin…',
  group: 'Insert',
  icon: Cable,
  keys: ['C'],
  history: 'step',
  when: ({ graph }) => graph?.store.getState().selection.nodes.size === 1,
  perform: withGraph(({ store }) => {
    const [node] = store.getState().selection.nodes;
    stage.setState({ keyboardWire: { node, pin: null } });
  }),
};

const CONNECT_AFTER: Action = {
  id: 'insert.after',
  label: 'Run one after the other',
  group: 'Insert',
  history: 'step',
  when: ({ graph }) => graph?.store.getState().selection.nodes.size === 2,
  perform: withGraph((graph) => {
    // In the order in which they were selected.
    const [first, second] = graph.store.getState().selection.nodes;
    editBody(graph, 'Run one after the other', (draft) => addAfter(draft, first, second));
  }),
};

const DISCONNECT: Action = {
  id: 'insert.disconnect',
  label: 'Remove all wires of the selection',
  group: 'Insert',
  icon: Unlink,
  keys: ['Shift+C'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const { graph: document, view, selection } = graph.store.getState();
    const { wires = [], after = [] } = bodyInView(document, view);
    const theirs = [...wires, ...after].filter(
      ({ from, to }) => selection.nodes.has(nodeAt(from)) || selection.nodes.has(nodeAt(to)),
    );
    editBody(graph, 'Remove wires', (draft) => disconnect(draft, new Set(theirs.map(keyOf))));
  }),
};

export const CANVAS_INSERT_ACTIONS: readonly Action[] = [
  ADD_NODE,
  ADD_NOTE,
  ADD_FRAME,
  CONNECT,
  CONNECT_AFTER,
  DISCONNECT,
];
