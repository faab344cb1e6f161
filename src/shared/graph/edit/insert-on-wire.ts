import type { Wire } from '../document.ts';
import { connect } from './connect.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { endOf, type PinEnd, textOfEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';

/**
 * Splices a node into a wire: the wire's source feeds the first free input of the node that takes it, and the first
 * output that fits feeds the wire's target. Refused where the types do not allow it. Called on a draft that is thrown
 * away, it tells whether a drop would do.
 */
export function insertOnWire(draft: BodyDraft, types: NodeTypes, wire: string, id: string): Outcome {
  const found = draft.list('wires').find((other) => keyOf(other) === wire);
  const ends = found && endsOf(found);
  if (ends === undefined) return { ok: false, reason: 'The wire joins no two pins: drop the node on another.' };
  return draft.document.attempt((): Outcome => {
    draft.update('wires', (other) => (other === found ? undefined : other));
    const before = new PinTypes(draft.document.graph, draft.name, types);
    const taken = new Set(draft.list('wires').map(({ to }) => to));
    const inputs = pinsOf(id, before.signature(id)?.inputs).filter((end) => !taken.has(textOfEnd(end)));
    const input = inputs.find((end) => before.verdict(ends.from, end).ok);
    if (input === undefined) return noFit(before, id, 'takes', ends.from);
    connect(draft, types, ends.from, input);
    // What the node gives may depend on what it is wired to.
    const after = new PinTypes(draft.document.graph, draft.name, types);
    const output = pinsOf(id, after.signature(id)?.outputs).find((end) => after.verdict(end, ends.to).ok);
    if (output === undefined) return noFit(after, id, 'gives', ends.to);
    connect(draft, types, output, ends.to);
    return {
      ok: true,
      said: `Inserted ${after.label(id)} between ${after.label(ends.from.node)} and ${after.label(ends.to.node)}.`,
    };
  });
}

function endsOf({ from, to }: Wire): { from: PinEnd; to: PinEnd } | undefined {
  const source = endOf(from);
  const target = endOf(to);
  return source && target && { from: source, to: target };
}

function pinsOf(node: string, pins: readonly { readonly name: string }[] = []): PinEnd[] {
  return pins.map(({ name }) => ({ node, pin: name }));
}

function noFit(pins: PinTypes, id: string, what: 'takes' | 'gives', { node, pin }: PinEnd): Outcome {
  const label = pins.label(id);
  const end = `"${pin}" of ${pins.label(node)}`;
  const reason = what === 'takes' ? `No free input of ${label} takes ${end}` : `No output of ${label} fits ${end}`;
  return { ok: false, reason: `${reason}: drop it on another wire.` };
}
