import type { Graph } from '../document.ts';
import { writeGraph } from '../write.ts';
import { clipOf } from './clip.ts';
import type { BodyName } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { describeSelection, type Selection } from './selection.ts';

/** The text that stands for what is selected: a graph file of its own, to paste into a graph, an issue or a file. */
export function copyText(document: Graph, name: BodyName, selection: Selection): Outcome<{ readonly text: string }> {
  const clip = clipOf(document, name, selection);
  const { nodes, frames = [], notes = [] } = clip;
  if (nodes.length + frames.length + notes.length === 0) {
    return { ok: false, reason: 'Nothing to copy is selected: select a node.' };
  }
  return {
    ok: true,
    text: writeGraph(withoutEmpty(clip)),
    said: `Copied ${describeSelection({ ...selection, wires: new Set() })}.`,
  };
}

function withoutEmpty(clip: Graph): Graph {
  const entries = Object.entries(clip).filter(
    ([key, value]) => key === 'nodes' || Object.keys(Object(value)).length > 0,
  );
  return { ...(Object.fromEntries(entries) as unknown as Graph), weft: clip.weft };
}
