import type { GraphBody } from '../document.ts';
import { listed } from '../labels.ts';
import { keyOf } from './element-key.ts';

/** Parts of one graph: nodes by their ids, wires (and `after` lines), frames and notes by their keys (`element-key.ts`). */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  readonly frames: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

export const NOTHING_SELECTED: Selection = { nodes: new Set(), wires: new Set(), frames: new Set(), notes: new Set() };

export function selectAll(body: GraphBody): Selection {
  return {
    nodes: new Set(body.nodes.map(({ id }) => id)),
    wires: new Set([...(body.wires ?? []), ...(body.after ?? [])].map(keyOf)),
    frames: new Set(body.frames?.map(keyOf)),
    notes: new Set(body.notes?.map(keyOf)),
  };
}

/** All that is not selected; wires only where nothing but wires is selected, for the others follow their nodes. */
export function invertSelection(body: GraphBody, selection: Selection): Selection {
  const all = selectAll(body);
  const onlyWires =
    selection.wires.size > 0 && selection.nodes.size + selection.frames.size + selection.notes.size === 0;
  return {
    nodes: onlyWires ? new Set() : all.nodes.difference(selection.nodes),
    wires: onlyWires ? all.wires.difference(selection.wires) : new Set(),
    frames: onlyWires ? new Set() : all.frames.difference(selection.frames),
    notes: onlyWires ? new Set() : all.notes.difference(selection.notes),
  };
}

/** `letterbox`, or `3 nodes and 1 frame`. */
export function describeSelection({ nodes, wires, frames, notes }: Selection): string {
  const counts = [
    [nodes.size, 'node'],
    [wires.size, 'wire'],
    [frames.size, 'frame'],
    [notes.size, 'note'],
  ] as const;
  const parts = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`]));
  return parts.length === 1 && nodes.size === 1 ? [...nodes][0] : listed(parts);
}
