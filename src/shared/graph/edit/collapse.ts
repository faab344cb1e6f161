import { describeNodes } from './describe-nodes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { setNodeUi } from './set-node-ui.ts';

/** Shows only the title bar and the wired pins of nodes, or all of them again. */
export function collapse(draft: BodyDraft, ids: ReadonlySet<string>, collapsed: boolean): Outcome {
  const said = `${collapsed ? 'Collapsed' : 'Expanded'} ${describeNodes(ids)}.`;
  return setNodeUi(draft, ids, { collapsed: collapsed || undefined }, said);
}
