import type { Point } from '../document.ts';
import { clipOf, type Inserted, insertClip } from './clip.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { nodeAt, renamedEnd } from './pin-end.ts';
import { describeSelection, type Selection } from './selection.ts';

/**
 * Duplicates what is selected, moved by [x, y], with the wires inside it.
 * @param outside whether the copies are fed by the same nodes outside the selection too.
 */
export function duplicate(draft: BodyDraft, selection: Selection, by: Point, outside: boolean): Outcome<Inserted> {
  const clip = clipOf(draft.document.graph, draft.name, selection);
  const { nodes, frames = [], notes = [] } = clip;
  if (nodes.length + frames.length + notes.length === 0) {
    return { ok: false, reason: 'Nothing to duplicate is selected: select a node.' };
  }
  const incoming = draft.list('wires').filter(({ from, to }) => {
    return outside && selection.nodes.has(nodeAt(to)) && !selection.nodes.has(nodeAt(from));
  });
  const inserted = insertClip(draft, clip, by);
  if (!inserted.ok) return inserted;
  const wires = incoming.map(({ from, to }) => ({ from, to: renamedEnd(to, inserted.ids) }));
  draft.append('wires', wires);
  return { ...inserted, said: `Duplicated ${describeSelection({ ...selection, wires: new Set() })}.` };
}
