import { describeNodes } from './describe-nodes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { setNodeUi } from './set-node-ui.ts';

/** Locked nodes are neither moved, resized nor deleted until they are unlocked. */
export function lock(draft: BodyDraft, ids: ReadonlySet<string>, locked: boolean): Outcome {
  const said = `${locked ? 'Locked' : 'Unlocked'} ${describeNodes(ids)}.`;
  return setNodeUi(draft, ids, { locked: locked || undefined }, said);
}
