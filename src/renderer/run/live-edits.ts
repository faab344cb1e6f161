import type { Graph, GraphNode } from '../../shared/graph/document.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';

/** What an edit means for a run that goes on. */
export interface LiveEdit {
  /** Literals that changed on nodes that are otherwise the same; the run may take them from its next item on. */
  readonly literals: readonly { readonly node: string; readonly pin: string; readonly value: JsonValue }[];
  /** Something else changed that a run depends on: it can only count from the next one. */
  readonly structure: boolean;
}

/**
 * What differs between two versions of a document for a run of it. Only elements that are not the same objects are
 * looked into, so that following a slider costs the same in a small graph and a large one. What is only seen (`ui`,
 * frames, notes, names) makes no difference.
 */
export function liveEdit(before: Graph, after: Graph): LiveEdit {
  const literals: LiveEdit['literals'][number][] = [];
  let structure = before.graphs !== after.graphs || !isWiredAlike(before, after);
  if (before.nodes !== after.nodes) {
    structure ||= before.nodes.length !== after.nodes.length;
    for (const [index, node] of after.nodes.entries()) {
      const was = before.nodes.at(index);
      if (was === node || was === undefined) continue;
      if (!isSameButParams(was, node)) structure = true;
      else structure = changedLiterals(was, node, literals) || structure;
    }
  }
  return { literals, structure };
}

/** Without `ui`: the points of a wire. */
function isWiredAlike(a: Graph, b: Graph): boolean {
  return (
    (a.wires === b.wires || ends(a.wires) === ends(b.wires)) && (a.after === b.after || ends(a.after) === ends(b.after))
  );
}

function ends(wires: readonly { readonly from: string; readonly to: string }[] = []): string {
  return JSON.stringify(wires.map(({ from, to }) => [from, to]));
}

function isSameButParams(a: GraphNode, b: GraphNode): boolean {
  return (
    a.id === b.id && a.type === b.type && a.bypass === b.bypass && JSON.stringify(a.policy) === JSON.stringify(b.policy)
  );
}

/** True when a literal was taken away, so that its pin goes back to its default, which only the next run knows. */
function changedLiterals(before: GraphNode, after: GraphNode, changed: LiveEdit['literals'][number][]): boolean {
  const was = before.params ?? {};
  const is = after.params ?? {};
  for (const [pin, value] of Object.entries(is)) {
    if (JSON.stringify(was[pin]) !== JSON.stringify(value)) changed.push({ node: after.id, pin, value });
  }
  return Object.keys(was).some((pin) => !Object.hasOwn(is, pin));
}
