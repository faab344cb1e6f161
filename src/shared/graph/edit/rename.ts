import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { setNodeUi } from './set-node-ui.ts';

/** Gives a node a title of its own; an empty one brings back that of its type. */
export function rename(draft: BodyDraft, id: string, title: string): Outcome {
  const own = title.trim();
  const said = own === '' ? `Removed the title of ${id}.` : `Renamed ${id} to ${own}.`;
  return setNodeUi(draft, new Set([id]), { title: own === '' ? undefined : own }, said);
}
