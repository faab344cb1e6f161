import type { NodeUi } from '../document.ts';
import type { BodyDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';

/**
 * Sets what a person sees of nodes: lock, collapse, viewer, title, size. Undefined removes a key. Refused when the graph
 * has none of the nodes.
 */
export function setNodeUi(draft: BodyDraft, ids: ReadonlySet<string>, changes: Partial<NodeUi>, said: string): Outcome {
  if (!draft.body.nodes.some(({ id }) => ids.has(id))) {
    return { ok: false, reason: 'No node is selected: select one.' };
  }
  draft.update('nodes', (node) => (ids.has(node.id) ? withKeys(node, { ui: mergeKeys(node.ui, changes) }) : node));
  return { ok: true, said };
}
