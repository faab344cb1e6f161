import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { type PinEnd, textOfEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';

/**
 * Draws a wire from an output to an input, in place of the one that the input has. Refused, with the sentence of the
 * check, where the types do not fit or nodes would wait for each other in a circle.
 */
export function connect(
  draft: BodyDraft,
  types: NodeTypes,
  from: PinEnd,
  to: PinEnd,
): Outcome<{ readonly wire: string; readonly replaced: boolean }> {
  const pins = new PinTypes(draft.document.graph, draft.name, types);
  const verdict = pins.verdict(from, to);
  if (!verdict.ok) return verdict;
  const wire = { from: textOfEnd(from), to: textOfEnd(to) };
  const there = draft.list('wires').find((other) => other.to === wire.to);
  const ends = `${from.pin} of ${pins.label(from.node)} to ${to.pin} of ${pins.label(to.node)}`;
  if (there?.from === wire.from) return { ok: true, wire: keyOf(there), replaced: false, said: `Connected ${ends}.` };
  draft.update('wires', (other) => (other.to === wire.to ? undefined : other));
  draft.append('wires', [wire]);
  const replaced = there !== undefined;
  const said = `Connected ${ends}${replaced ? ', in place of the wire that was there' : ''}.`;
  return { ok: true, wire: keyOf(wire), replaced, said };
}
