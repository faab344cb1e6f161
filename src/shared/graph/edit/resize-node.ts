import type { Box } from './boxes.ts';
import type { BodyDraft } from './graph-draft.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { setNodeUi } from './set-node-ui.ts';
import { wholePoint } from './whole-point.ts';

/** Gives a node a place and size; null gives it back the size that its content needs. Refused for a locked node. */
export function resizeNode(draft: BodyDraft, id: string, box: Box | null): Outcome {
  const node = draft.node(id);
  if (node === undefined) return noSuchNode(id);
  if (node.ui?.locked === true) return { ok: false, reason: `${id} is locked: unlock it first.` };
  const changes = box === null ? { size: undefined } : { at: wholePoint(box.at), size: wholePoint(box.size) };
  return setNodeUi(draft, new Set([id]), changes, `Resized ${id}.`);
}
