import type { OpenGraph } from '../state/graph-store.ts';
import type { ActionContext } from './action.ts';

/** A graph is in front. */
export function hasGraph({ graph }: ActionContext): boolean {
  return graph !== null;
}

/** At least so many nodes are selected. */
export function hasNodes(least = 1): (context: ActionContext) => boolean {
  return ({ graph }) => graph !== null && graph.store.getState().selection.nodes.size >= least;
}

/** At least so many things with a place are selected: nodes, frames, notes. */
export function hasBoxes(least = 1): (context: ActionContext) => boolean {
  return ({ graph }) => {
    if (graph === null) return false;
    const { nodes, frames, notes } = graph.store.getState().selection;
    return nodes.size + frames.size + notes.size >= least;
  };
}

export function hasSelection({ graph }: ActionContext): boolean {
  if (graph === null) return false;
  const { nodes, wires, frames, notes } = graph.store.getState().selection;
  return nodes.size + wires.size + frames.size + notes.size > 0;
}

/** For `perform`: the graph in front, which `when` has made sure of. */
export function withGraph(perform: (graph: OpenGraph) => unknown): (context: ActionContext) => Promise<void> {
  return async ({ graph }) => {
    if (graph !== null) await perform(graph);
  };
}
