import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { endOf, type PinEnd, textOfEnd } from './pin-end.ts';
import type { NodeTypes } from './pin-types.ts';

/**
 * Takes the end of a wire from its input to another, in place of the wire that is there. Refused, with nothing changed,
 * where `connect` would be.
 */
export function moveWireEnd(
  draft: BodyDraft,
  types: NodeTypes,
  wire: string,
  to: PinEnd,
): Outcome<{ readonly wire: string; readonly replaced: boolean }> {
  const there = draft.list('wires').find((other) => keyOf(other) === wire);
  const from = there && endOf(there.from);
  if (there === undefined || from === undefined) {
    return { ok: false, reason: 'The wire from pin to pin is not in the graph any more: choose another.' };
  }
  if (there.to === textOfEnd(to)) return { ok: true, wire, replaced: false, said: 'The wire is where it was.' };
  return draft.document.attempt(() => {
    disconnect(draft, new Set([wire]));
    return connect(draft, types, from, to);
  });
}
