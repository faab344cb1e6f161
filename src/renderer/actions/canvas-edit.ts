import { Clipboard, Copy, CopyPlus, Scissors, Trash2, Unplug } from 'lucide-react';
import { copyText } from '../../shared/graph/edit/copy.ts';
import { deleteAndReconnect } from '../../shared/graph/edit/delete-and-reconnect.ts';
import { deleteSelection } from '../../shared/graph/edit/delete-selection.ts';
import { duplicate } from '../../shared/graph/edit/duplicate.ts';
import { paste } from '../../shared/graph/edit/paste.ts';
import { announce } from '../announce/announce.ts';
import { notify } from '../announce/notices.ts';
import { editBody } from '../canvas/edit-body.ts';
import { focusCanvas } from '../canvas/focus-node.ts';
import { insertionPoint } from '../canvas/insertion-point.ts';
import { installedTypes } from '../canvas/installed-types.ts';
import { GRID } from '../canvas/stage.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { NO_SELECTION } from '../state/selection.ts';
import type { Action } from './action.ts';
import { hasBoxes, hasGraph, hasNodes, hasSelection, withGraph } from './canvas-conditions.ts';

/** How far a duplicate lies from what it is of, in canvas units. */
const OFFSET = [4 * GRID, 4 * GRID] as const;

const COPY: Action = {
  id: 'edit.copy',
  label: 'Copy',
  group: 'Edit',
  icon: Copy,
  keys: ['Mod+C'],
  history: 'none',
  // Text that somebody marked in a panel is copied by the browser.
  when: (context) => hasBoxes()(context) && getSelection()?.isCollapsed !== false,
  perform: withGraph(copy),
};

const CUT: Action = {
  id: 'edit.cut',
  label: 'Cut',
  group: 'Edit',
  icon: Scissors,
  keys: ['Mod+X'],
  history: 'step',
  when: COPY.when,
  perform: withGraph(async (graph) => {
    if (await copy(graph)) remove(graph, 'Cut');
  }),
};

const PASTE: Action = {
  id: 'edit.paste',
  label: 'Paste',
  group: 'Edit',
  icon: Clipboard,
  keys: ['Mod+V'],
  history: 'step',
  when: hasGraph,
  perform: withGraph(async (graph) => {
    const at = insertionPoint();
    const text = await navigator.clipboard.readText();
    const pasted = editBody(graph, 'Paste', (draft) => paste(draft, text, at));
    if (pasted.ok) graph.store.setState({ selection: pasted.selection });
  }),
};

const DUPLICATE: Action = {
  id: 'edit.duplicate',
  label: 'Duplicate',
  group: 'Edit',
  icon: CopyPlus,
  keys: ['Mod+D'],
  history: 'step',
  when: hasBoxes(),
  perform: withGraph((graph) => duplicateSelected(graph, false)),
};

const DUPLICATE_WIRED: Action = {
  id: 'edit.duplicate-wired',
  label: 'Duplicate with incoming wires',
  group: 'Edit',
  keys: ['Mod+Shift+D'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => duplicateSelected(graph, true)),
};

const DELETE: Action = {
  id: 'edit.delete',
  label: 'Delete',
  group: 'Edit',
  icon: Trash2,
  keys: ['Delete', 'Backspace'],
  history: 'step',
  when: hasSelection,
  perform: withGraph((graph) => remove(graph, 'Delete')),
};

const DELETE_AND_RECONNECT: Action = {
  id: 'edit.delete-and-reconnect',
  label: 'Delete and reconnect',
  group: 'Edit',
  icon: Unplug,
  keys: ['Shift+Delete', 'Shift+Backspace'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const { selection } = graph.store.getState();
    const done = editBody(graph, 'Delete and reconnect', (draft) =>
      deleteAndReconnect(draft, installedTypes, selection.nodes),
    );
    if (!done.ok) return;
    graph.store.setState({ selection: NO_SELECTION });
    focusCanvas();
  }),
};

export const CANVAS_EDIT_ACTIONS: readonly Action[] = [
  CUT,
  COPY,
  PASTE,
  DUPLICATE,
  DUPLICATE_WIRED,
  DELETE,
  DELETE_AND_RECONNECT,
];

async function copy({ editor, store }: OpenGraph): Promise<boolean> {
  const { view, selection } = store.getState();
  const copied = copyText(editor.graph, bodyNameOf(view), selection);
  if (!copied.ok) {
    notify({ tone: 'attention', sentence: copied.reason });
    return false;
  }
  await navigator.clipboard.writeText(copied.text);
  announce(copied.said);
  return true;
}

function remove(graph: OpenGraph, label: string): void {
  const { selection } = graph.store.getState();
  const done = editBody(graph, label, (draft) => deleteSelection(draft, selection));
  if (!done.ok) return;
  graph.store.setState({ selection: NO_SELECTION });
  focusCanvas();
}

function duplicateSelected(graph: OpenGraph, outside: boolean): void {
  const { selection } = graph.store.getState();
  const copies = editBody(graph, 'Duplicate', (draft) => duplicate(draft, selection, OFFSET, outside));
  if (copies.ok) graph.store.setState({ selection: copies.selection });
}
