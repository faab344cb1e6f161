import type { Graph, GraphBody } from '../../shared/graph/document.ts';
import type { BodyName } from '../../shared/graph/edit/graph-draft.ts';
import type { View } from './graph-store.ts';

/** Name of the graph that is looked at: one of `Graph.graphs`, or null for the top level. */
export function bodyNameOf({ trail }: View): BodyName {
  return trail.at(-1)?.graph ?? null;
}

/** The graph that is looked at. Empty when it was taken away by an undo, until the view has left it. */
export function bodyInView(graph: Graph, view: View): GraphBody {
  const name = bodyNameOf(view);
  if (name === null) return graph;
  return graph.graphs?.[name] ?? NO_BODY;
}

/** Whether the document still has the graph that is looked at. */
export function hasBodyInView(graph: Graph, view: View): boolean {
  const name = bodyNameOf(view);
  return name === null || Object.hasOwn(graph.graphs ?? {}, name);
}

/**
 * The path of a node of the graph that is looked at, as runs and `CheckedGraph` name it: `outer/inner`. Null where there
 * is none, because the graph was opened by its name and not as one of its uses.
 */
export function pathInView({ trail }: View, node: string): string | null {
  let path = '';
  for (const step of trail) {
    if (step.node === null) return null;
    path += `${step.node}/`;
  }
  return path + node;
}

const NO_BODY: GraphBody = { nodes: [] };
