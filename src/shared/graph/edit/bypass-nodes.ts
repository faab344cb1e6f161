import { describeNodes } from './describe-nodes.ts';
import type { BodyDraft } from './graph-draft.ts';
import { withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';

/**
 * Bypasses nodes, or takes that back. Refused, with the sentence of the check, where no input can stand in for an output
 * that is wired (engine.md 1.3).
 */
export function bypassNodes(draft: BodyDraft, types: NodeTypes, ids: ReadonlySet<string>, bypass: boolean): Outcome {
  if (!draft.body.nodes.some(({ id }) => ids.has(id))) {
    return { ok: false, reason: 'No node is selected: select one.' };
  }
  return draft.document.attempt(() => {
    draft.update('nodes', (node) => (ids.has(node.id) ? withKeys(node, { bypass: bypass || undefined }) : node));
    if (!bypass) return { ok: true, said: `${describeNodes(ids)} runs again.` };
    const pins = new PinTypes(draft.document.graph, draft.name, types);
    for (const id of ids) {
      const reason = pins.bypassProblem(id);
      if (reason !== undefined) return { ok: false, reason };
    }
    return { ok: true, said: `Bypassed ${describeNodes(ids)}.` };
  });
}
