import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { nodeAt } from './pin-end.ts';
import { describeSelection, type Selection } from './selection.ts';

/** Deletes what is selected, and the wires of deleted nodes. Locked nodes stay; refused when nothing else is selected. */
export function deleteSelection(draft: BodyDraft, selection: Selection): Outcome {
  const locked = new Set(draft.body.nodes.flatMap(({ id, ui }) => (ui?.locked === true ? [id] : [])));
  const nodes = selection.nodes.difference(locked);
  const before = draft.body;
  draft.update('nodes', (node) => (nodes.has(node.id) ? undefined : node));
  for (const list of ['wires', 'after'] as const) {
    draft.update(list, (wire) => {
      const hangs = nodes.has(nodeAt(wire.from)) || nodes.has(nodeAt(wire.to));
      return hangs || selection.wires.has(keyOf(wire)) ? undefined : wire;
    });
  }
  draft.update('frames', (frame) => (selection.frames.has(keyOf(frame)) ? undefined : frame));
  draft.update('notes', (note) => (selection.notes.has(keyOf(note)) ? undefined : note));
  if (draft.body !== before) return { ok: true, said: `Deleted ${describeSelection({ ...selection, nodes })}.` };
  const isLocked = selection.nodes.size > 0;
  return {
    ok: false,
    reason: isLocked ? 'The node is locked: unlock it first.' : 'Nothing is selected: select a node.',
  };
}
