import { GRAPH_TYPE, type GraphBody } from '../document.ts';
import { graphNameOf } from '../nesting.ts';
import type { GraphDraft } from './graph-draft.ts';
import { uniqueId } from './unique-id.ts';

/**
 * Adds graphs of another document to this one. One that is here already, with all that it uses, is not added again;
 * one whose name stands for something else here gets another. Returns the names they have now, by the old ones.
 */
export function adoptGraphs(
  document: GraphDraft,
  graphs: Readonly<Record<string, GraphBody>>,
): ReadonlyMap<string, string> {
  const here = document.graph.graphs ?? {};
  const renamed = differing(here, graphs);
  const taken = new Set([...Object.keys(here), ...Object.keys(graphs)]);
  const names = new Map<string, string>();
  for (const name of Object.keys(graphs)) {
    const unique = renamed.has(name) ? uniqueId(name, (candidate) => taken.has(candidate)) : name;
    taken.add(unique);
    names.set(name, unique);
  }
  for (const [name, body] of Object.entries(graphs)) {
    const unique = names.get(name) ?? name;
    if (!Object.hasOwn(here, unique)) document.putGraph(unique, withGraphNames(body, names));
  }
  return names;
}

/** Names that stand for something else here, or use a graph that does. */
function differing(
  here: Readonly<Record<string, GraphBody>>,
  graphs: Readonly<Record<string, GraphBody>>,
): ReadonlySet<string> {
  const clashing = Object.keys(graphs).filter((name) => Object.hasOwn(here, name));
  const found = new Set(clashing.filter((name) => JSON.stringify(here[name]) !== JSON.stringify(graphs[name])));
  const uses = (name: string) => graphs[name].nodes.some(({ type }) => found.has(graphNameOf(type) ?? ''));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const name of clashing) if (uses(name)) found.add(name);
  }
  return found;
}

function withGraphNames(body: GraphBody, names: ReadonlyMap<string, string>): GraphBody {
  const nodes = body.nodes.map((node) => {
    const name = names.get(graphNameOf(node.type) ?? '');
    return name === undefined ? node : { ...node, type: `${GRAPH_TYPE}${name}` };
  });
  return { ...body, nodes };
}
