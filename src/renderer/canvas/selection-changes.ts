import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { OpenGraph } from '../state/graph-store.ts';
import type { Selection } from '../state/selection.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';

/** Takes over what React Flow says was selected. Everything else that it would change comes from the document. */
export function selectBoxes(
  { store }: OpenGraph,
  changes: readonly NodeChange<BoxElement>[],
  typeOf: (id: string) => BoxElement['type'] | undefined,
): void {
  const lists = { node: 'nodes', frame: 'frames', note: 'notes' } as const;
  let { selection } = store.getState();
  for (const change of changes) {
    if (change.type !== 'select') continue;
    const type = typeOf(change.id);
    if (type !== undefined) selection = withKey(selection, lists[type], change.id, change.selected);
  }
  show(store, selection);
}

export function selectWires({ store }: OpenGraph, changes: readonly EdgeChange<WireElement>[]): void {
  let { selection } = store.getState();
  for (const change of changes) {
    if (change.type === 'select') selection = withKey(selection, 'wires', change.id, change.selected);
  }
  show(store, selection);
}

function withKey(selection: Selection, list: keyof Selection, key: string, isSelected: boolean): Selection {
  if (selection[list].has(key) === isSelected) return selection;
  const keys = new Set(selection[list]);
  if (isSelected) keys.add(key);
  else keys.delete(key);
  return { ...selection, [list]: keys };
}

function show(store: OpenGraph['store'], selection: Selection): void {
  if (selection !== store.getState().selection) store.setState({ selection });
}
