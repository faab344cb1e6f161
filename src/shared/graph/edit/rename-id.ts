import { type GraphNode, NODE_ID } from '../document.ts';
import type { BodyDraft } from './graph-draft.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { renamedEnd } from './pin-end.ts';
import { withRenamedBeside } from './renamed-beside.ts';

/**
 * Gives a node another id; its wires follow. Where several nodes have the id, which is a mistake, the last of them is
 * renamed and the wires stay with the first, which they lead to.
 */
export function renameId(draft: BodyDraft, id: string, to: string): Outcome {
  const named = draft.body.nodes.filter((node) => node.id === id);
  const node = named.at(-1);
  if (node === undefined) return noSuchNode(id);
  if (to === id) return { ok: true, said: `The id of ${id} is the same.` };
  if (!NODE_ID.test(to)) {
    const reason = `The id ${JSON.stringify(to)} has the wrong form: use small letters, digits, _ and -, beginning with a letter.`;
    return { ok: false, reason };
  }
  if (draft.node(to) !== undefined) return { ok: false, reason: `Another node has the id "${to}": choose another.` };
  draft.update('nodes', (other): GraphNode => (other === node ? { ...node, id: to } : other));
  if (named.length === 1) {
    const ids = new Map([[id, to]]);
    draft.update('nodes', (other) => withRenamedBeside(other, ids));
    for (const list of ['wires', 'after'] as const) {
      draft.update(list, (wire) => ({ ...wire, from: renamedEnd(wire.from, ids), to: renamedEnd(wire.to, ids) }));
    }
  }
  return { ok: true, said: `Renamed ${id} to ${to}.` };
}
