import type { CheckedGraph, CheckedNode } from '../../shared/graph/checked-graph.ts';

/** The node of a path in a checked graph; undefined for one that is bypassed, broken or not checked yet. */
export function checkedNode(checked: CheckedGraph, path: string): CheckedNode | undefined {
  let index = INDICES.get(checked);
  if (index === undefined) {
    index = new Map(checked.nodes.map((node) => [node.id, node]));
    INDICES.set(checked, index);
  }
  return index.get(path);
}

const INDICES = new WeakMap<CheckedGraph, ReadonlyMap<string, CheckedNode>>();
