import type { Point } from '../document.ts';
import { addNode } from './add-node.ts';
import { connect } from './connect.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import type { PinEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';

/** A pin that a wire was dragged from, and which kind it is. */
export interface DraggedPin extends PinEnd {
  readonly kind: 'input' | 'output';
}

/** Adds a node and wires the pin of it that fits best to one that is there (`PinTypes.inputFor`, `outputFor`). */
export function addWiredNode(
  draft: BodyDraft,
  types: NodeTypes,
  type: string,
  at: Point,
  pin: DraggedPin,
): Outcome<{ readonly id: string }> {
  return draft.document.attempt(() => {
    const added = addNode(draft, type, at);
    if (!added.ok) return added;
    const { id } = added;
    const pins = new PinTypes(draft.document.graph, draft.name, types);
    const signature = pins.signature(id);
    const other = signature && (pin.kind === 'output' ? pins.inputFor(pin, signature) : pins.outputFor(pin, signature));
    if (other === undefined) {
      const reason = `No pin of ${pins.label(id)} fits "${pin.pin}" of ${pins.label(pin.node)}: choose another node.`;
      return { ok: false, reason };
    }
    const end = { node: id, pin: other };
    const wired = pin.kind === 'output' ? connect(draft, types, pin, end) : connect(draft, types, end, pin);
    return wired.ok ? { ok: true, id, said: `Added ${pins.label(id)}. ${wired.said}` } : wired;
  });
}
