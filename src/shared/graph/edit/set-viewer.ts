import { describeNodes } from './describe-nodes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { setNodeUi } from './set-node-ui.ts';

/**
 * Shows the value of a pin on nodes.
 * @param viewer the pin, `true` for the first that can be seen, `false` for none; undefined leaves it to the editor,
 * which shows the pictures of some nodes by itself
 */
export function setViewer(draft: BodyDraft, ids: ReadonlySet<string>, viewer: string | boolean | undefined): Outcome {
  const done = viewer === undefined ? 'Reset' : viewer === false ? 'Closed' : 'Opened';
  const said = `${done} the viewer of ${describeNodes(ids)}.`;
  return setNodeUi(draft, ids, { viewer }, said);
}
