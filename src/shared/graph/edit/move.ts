import type { Point } from '../document.ts';
import { placesOf, selectedBoxes } from './boxes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { nodeAt } from './pin-end.ts';
import { place } from './places.ts';
import { describeSelection, type Selection } from './selection.ts';
import { wholePoint } from './whole-point.ts';

/**
 * Moves what is selected by [x, y], and the points of wires between moved nodes. For a frame to take along what lies in
 * it, select that first (`frame-contents.ts`), once as the drag begins. Locked nodes stay.
 */
export function move(draft: BodyDraft, selection: Selection, [dx, dy]: Point): Outcome {
  const free = draft.body.nodes.filter(({ id, ui }) => selection.nodes.has(id) && ui?.locked !== true);
  const movable = { ...selection, nodes: new Set(free.map(({ id }) => id)), wires: new Set<string>() };
  const boxes = selectedBoxes(draft, movable, () => [0, 0]);
  if (boxes.length === 0) {
    return { ok: false, reason: 'Nothing that can be moved is selected: select a node that is not locked.' };
  }
  const places = placesOf(boxes, ({ at: [x, y] }) => [x + dx, y + dy]);
  place(draft, places);
  draft.update('wires', (wire) => {
    const via = wire.ui?.via;
    if (via === undefined || !places.nodes.has(nodeAt(wire.from)) || !places.nodes.has(nodeAt(wire.to))) return wire;
    return { ...wire, ui: { ...wire.ui, via: via.map(([x, y]) => wholePoint([x + dx, y + dy])) } };
  });
  return { ok: true, said: `Moved ${describeSelection(movable)}.` };
}
