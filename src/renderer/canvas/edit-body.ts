import type { BodyDraft } from '../../shared/graph/edit/graph-draft.ts';
import type { EditOptions } from '../../shared/graph/edit/graph-editor.ts';
import type { Outcome } from '../../shared/graph/edit/outcome.ts';
import { announce } from '../announce/announce.ts';
import { notify } from '../announce/notices.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';

/**
 * Makes one edit of the graph that is looked at, and says what came of it: to a screen reader, and where it was refused
 * to everybody.
 */
export function editBody<T>(
  { editor, store }: OpenGraph,
  label: string,
  change: (draft: BodyDraft) => Outcome<T>,
  options?: EditOptions,
): Outcome<T> {
  const outcome = editor.edit(label, (draft) => change(draft.body(bodyNameOf(store.getState().view))), options);
  // A drag or a slider is told of once, by whoever ends it.
  if (outcome.ok && options?.merge === undefined) announce(outcome.said);
  else if (!outcome.ok) notify({ tone: 'attention', sentence: outcome.reason });
  return outcome;
}
