import type { Graph, GraphBody, GraphNode } from '../document.ts';
import { graphNameOf } from '../nesting.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Refusal } from './outcome.ts';

/** The document's graphs that nodes stand for, and those that the graphs' own nodes do, by name. */
export function usedGraphs({ graphs = {} }: Graph, nodes: readonly GraphNode[]): ReadonlyMap<string, GraphBody> {
  const used = new Map<string, GraphBody>();
  const collect = (body: Pick<GraphBody, 'nodes'>) => {
    for (const { type } of body.nodes) {
      const name = graphNameOf(type);
      if (name !== undefined && Object.hasOwn(graphs, name)) used.set(name, graphs[name]);
    }
  };
  collect({ nodes });
  // A map gives what is added to it while it is walked.
  for (const body of used.values()) collect(body);
  return used;
}

/** Refuses a graph that has come to contain itself. */
export function refuseRecursion({ document, name, body }: BodyDraft): Refusal | undefined {
  if (name === null || !usedGraphs(document.graph, body.nodes).has(name)) return undefined;
  return { ok: false, reason: `The graph "${name}" would contain itself: put this into another graph.` };
}
