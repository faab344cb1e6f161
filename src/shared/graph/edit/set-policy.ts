import type { Policy } from '../document.ts';
import { graphNameOf } from '../nesting.ts';
import { policyFaults } from '../policy.ts';
import { describeNodes } from './describe-nodes.ts';
import type { BodyDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';

/** Sets parts of nodes' policy; undefined brings a part back to its default. Refused for values out of range. */
export function setPolicy(draft: BodyDraft, ids: ReadonlySet<string>, changes: Partial<Policy>): Outcome {
  const nodes = draft.body.nodes.filter(({ id }) => ids.has(id));
  if (nodes.length === 0) return { ok: false, reason: 'No node is selected: select one.' };
  const outer = nodes.find(({ type }) => graphNameOf(type) !== undefined);
  if (outer !== undefined) {
    return { ok: false, reason: `${outer.id} is a graph used as a node: give a policy to the nodes inside it.` };
  }
  const [fault] = policyFaults(mergeKeys<Policy>({}, changes) ?? {});
  if (fault !== undefined) return { ok: false, reason: `The policy is out of range: ${fault}.` };
  draft.update('nodes', (node) => {
    return ids.has(node.id) ? withKeys(node, { policy: mergeKeys(node.policy, changes) }) : node;
  });
  return { ok: true, said: `Set the policy of ${describeNodes(ids)}.` };
}
