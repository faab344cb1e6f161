import type { DraggedPin } from './add-wired-node.ts';
import { disconnect } from './disconnect.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { textOfEnd } from './pin-end.ts';

/** Removes all wires of one pin. */
export function disconnectPin(draft: BodyDraft, pin: DraggedPin): Outcome<{ readonly removed: number }> {
  const end = textOfEnd(pin);
  const wires = draft.list('wires').filter(({ from, to }) => (pin.kind === 'output' ? from : to) === end);
  if (wires.length === 0) return { ok: false, reason: `"${pin.pin}" of ${pin.node} has no wire: choose another pin.` };
  return disconnect(draft, new Set(wires.map(keyOf)));
}
