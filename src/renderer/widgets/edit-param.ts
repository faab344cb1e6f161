import { setParam } from '../../shared/graph/edit/set-param.ts';
import { announce } from '../announce/announce.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import type { FieldChange } from './field.ts';

/** Sets the literal of a pin of one or several nodes of the graph that is looked at. A drag is one step of history. */
export function editParam(graph: OpenGraph, nodes: ReadonlySet<string>, pin: string, change: FieldChange): void {
  const { editor, store } = graph;
  if (change.kind === 'abandon') {
    editor.bailToMark();
    return;
  }
  const ids = [...nodes];
  const body = bodyNameOf(store.getState().view);
  const outcome = editor.edit(
    `Set ${pin}`,
    (draft) => ids.map((id) => setParam(draft.body(body), id, pin, change.value)).at(-1),
    { merge: `${ids.join(' ')}.${pin}` },
  );
  if (change.goesOn) return;
  editor.mark();
  if (outcome?.ok) announce(outcome.said);
}

/** Takes the literal of a pin away, so that its default holds again. */
export function resetParam({ editor, store }: OpenGraph, nodes: ReadonlySet<string>, pin: string): void {
  editor.edit(`Reset ${pin}`, (draft) => {
    const body = draft.body(bodyNameOf(store.getState().view));
    for (const id of nodes) setParam(body, id, pin, undefined);
  });
  announce(`Reset "${pin}" to its default.`);
}
