import type { Point } from '../document.ts';
import { parseGraph } from '../parse.ts';
import { cornerOf, type Inserted, insertClip } from './clip.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';

/**
 * Puts a copied part of a graph, or a whole graph file, into a graph. The text may come from anywhere: it is read as a
 * file is, and what is wrong with it is said.
 * @param at where the corner of what is pasted goes, in canvas units.
 */
export function paste(draft: BodyDraft, text: string, at: Point): Outcome<Inserted> {
  const parsed = parseGraph(text);
  switch (parsed.kind) {
    case 'ok': {
      const [x, y] = cornerOf(parsed.graph);
      return insertClip(draft, parsed.graph, [at[0] - x, at[1] - y]);
    }
    case 'not-weft':
      return {
        ok: false,
        reason: 'What was copied is no part of a graph: copy nodes, or the text of a *.weft.json file.',
      };
    default:
      return { ok: false, reason: parsed.problems[0].message };
  }
}
