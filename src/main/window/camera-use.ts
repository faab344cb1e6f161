import type { Graph } from '../../shared/graph/document.ts';

/** Whether a graph reads a camera when it runs, in itself or in a graph that is used as a node. */
export function readsCamera(graph: Graph): boolean {
  const bodies = [graph, ...Object.values(graph.graphs ?? {})];
  return bodies.some(({ nodes }) => nodes.some(({ type }) => type.split('@')[0] === 'video/camera'));
}
