import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { Selection } from '../state/selection.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';

/** A selection after what React Flow says. Everything else that it would change comes from the document. */
export function selectBoxes(
  selection: Selection,
  changes: readonly NodeChange<BoxElement>[],
  typeOf: (id: string) => BoxElement['type'] | undefined,
): Selection {
  const lists = { node: 'nodes', frame: 'frames', note: 'notes' } as const;
  let selected = selection;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    const type = typeOf(change.id);
    if (type !== undefined) selected = withKey(selected, lists[type], change.id, change.selected);
  }
  return selected;
}

export function selectWires(selection: Selection, changes: readonly EdgeChange<WireElement>[]): Selection {
  let selected = selection;
  for (const change of changes) {
    if (change.type === 'select') selected = withKey(selected, 'wires', change.id, change.selected);
  }
  return selected;
}

function withKey(selection: Selection, list: keyof Selection, key: string, isSelected: boolean): Selection {
  if (selection[list].has(key) === isSelected) return selection;
  const keys = new Set(selection[list]);
  if (isSelected) keys.add(key);
  else keys.delete(key);
  return { ...selection, [list]: keys };
}
