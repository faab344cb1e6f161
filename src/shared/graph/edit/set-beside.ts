import type { BodyDraft } from './graph-draft.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { endOf } from './pin-end.ts';
import { setNodeUi } from './set-node-ui.ts';

/**
 * Lays the picture of another pin over a part of the one in a node's viewer.
 * @param beside an output of the same graph, as `node.pin`; undefined for none
 */
export function setBeside(draft: BodyDraft, id: string, beside: string | undefined): Outcome {
  if (beside === undefined) {
    return setNodeUi(draft, new Set([id]), { beside }, `The viewer of ${id} shows its own picture alone.`);
  }
  const end = endOf(beside);
  if (end === undefined || draft.node(end.node) === undefined) return noSuchNode(end?.node ?? beside);
  return setNodeUi(draft, new Set([id]), { beside }, `The viewer of ${id} shows ${beside} beside its own picture.`);
}
