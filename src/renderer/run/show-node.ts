import { graphNameOf } from '../../shared/graph/nesting.ts';
import { bringIntoView } from '../canvas/show-in-view.ts';
import type { OpenGraph, Step } from '../state/graph-store.ts';
import { NO_SELECTION } from '../state/selection.ts';

/** Goes to a node, in whichever graph of the document it is, selects it and brings it into the middle of the canvas. */
export function showNode({ store }: OpenGraph, path: string): void {
  const { graph, view } = store.getState();
  const outer = path.split('/');
  const node = outer.pop() ?? path;
  const trail: Step[] = [];
  let body = graph.nodes;
  for (const step of outer) {
    const name = graphNameOf(body.find(({ id }) => id === step)?.type ?? '');
    // The node may have gone from the graph since the run.
    if (name === undefined) return;
    trail.push({ graph: name, node: step });
    body = graph.graphs?.[name]?.nodes ?? [];
  }
  if (!body.some(({ id }) => id === node)) return;
  const isHere = JSON.stringify(trail) === JSON.stringify(view.trail);
  store.setState({
    selection: { ...NO_SELECTION, nodes: new Set([node]) },
    ...(isHere ? {} : { view: { trail } }),
  });
  // Another graph is on the canvas only after the next frame.
  requestAnimationFrame(() => bringIntoView([node]));
}
