import { graphNameOf } from '../../shared/graph/nesting.ts';
import { announce } from '../announce/announce.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { OpenGraph, Step } from '../state/graph-store.ts';
import { NO_SELECTION } from '../state/selection.ts';

/** Opens a graph used as a node; other nodes have nothing to open. */
export function openNode(open: OpenGraph, id: string): boolean {
  const { graph, view } = open.store.getState();
  const node = bodyInView(graph, view).nodes.find((other) => other.id === id);
  const name = node && graphNameOf(node.type);
  if (name === undefined || !Object.hasOwn(graph.graphs ?? {}, name)) return false;
  showTrail(open, [...view.trail, { graph: name, node: id }]);
  return true;
}

/** Shows the graph at the end of a trail. */
export function showTrail({ store, editor }: OpenGraph, trail: readonly Step[]): void {
  store.setState({ view: { trail }, selection: NO_SELECTION });
  const name = trail.at(-1)?.graph;
  announce(
    name === undefined
      ? 'The whole graph is shown.'
      : `The graph ${editor.graph.graphs?.[name]?.name ?? name} is shown.`,
  );
}
