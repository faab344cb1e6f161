import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';

/** Removes wires and `after` lines by their keys. */
export function disconnect(draft: BodyDraft, wires: ReadonlySet<string>): Outcome<{ readonly removed: number }> {
  let removed = 0;
  for (const list of ['wires', 'after'] as const) {
    const before = draft.list(list).length;
    draft.update(list, (wire) => (wires.has(keyOf(wire)) ? undefined : wire));
    removed += before - draft.list(list).length;
  }
  if (removed === 0) return { ok: false, reason: 'None of these wires is in the graph: select one that is.' };
  return { ok: true, removed, said: `Removed ${removed === 1 ? 'a wire' : `${removed} wires`}.` };
}
