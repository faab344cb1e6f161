import { GRAPH_TYPE } from '../document.ts';
import type { GraphDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';

/** Removes a graph for use as a node from the document. Refused while a node is that graph. */
export function removeGraph(document: GraphDraft, name: string): Outcome {
  const { graphs = {}, nodes } = document.graph;
  if (!Object.hasOwn(graphs, name)) return { ok: false, reason: `There is no graph "${name}": choose another.` };
  const user = [nodes, ...Object.values(graphs).map((body) => body.nodes)]
    .flat()
    .find(({ type }) => type === `${GRAPH_TYPE}${name}`);
  if (user !== undefined) {
    return { ok: false, reason: `The node ${user.id} is the graph "${name}": delete or unpack the node first.` };
  }
  document.removeGraph(name);
  return { ok: true, said: `Removed the graph ${name}.` };
}
