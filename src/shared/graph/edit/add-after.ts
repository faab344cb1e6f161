import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { reach } from './reach.ts';

/** Makes a node start when another has ended, though no data flows between them. Refused where it would close a circle. */
export function addAfter(draft: BodyDraft, from: string, to: string): Outcome<{ readonly wire: string }> {
  for (const id of [from, to]) if (draft.node(id) === undefined) return noSuchNode(id);
  if (reach(draft.body, [to], 'downstream').has(from)) {
    const reason = from === to ? `${to} cannot wait for itself` : `${from} already waits for ${to}`;
    return { ok: false, reason: `${reason}: choose another node.` };
  }
  const said = `${to} starts when ${from} has ended.`;
  const there = draft.list('after').find((other) => other.from === from && other.to === to);
  if (there !== undefined) return { ok: true, wire: keyOf(there), said };
  const after = { from, to };
  draft.append('after', [after]);
  return { ok: true, wire: keyOf(after), said };
}
