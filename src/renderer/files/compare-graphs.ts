import type { Graph, GraphBody } from '../../shared/graph/document.ts';

/** How two versions of a document differ, by the names of the parts; empty lists where they do not. */
export interface GraphComparison {
  readonly onlyMine: readonly string[];
  readonly onlyTheirs: readonly string[];
  readonly different: readonly string[];
}

/** Compares nodes and wires. A part of a graph used as a node is named with it: `inner: letterbox`. */
export function compareGraphs(mine: Graph, theirs: Graph): GraphComparison {
  const mineParts = partsOf(mine);
  const theirParts = partsOf(theirs);
  return {
    onlyMine: [...mineParts.keys()].filter((name) => !theirParts.has(name)),
    onlyTheirs: [...theirParts.keys()].filter((name) => !mineParts.has(name)),
    different: [...mineParts].flatMap(([name, text]) => {
      const other = theirParts.get(name);
      return other === undefined || other === text ? [] : [name];
    }),
  };
}

function partsOf(graph: Graph): Map<string, string> {
  const parts = new Map<string, string>();
  const add = (prefix: string, { nodes, wires = [] }: GraphBody) => {
    for (const node of nodes) parts.set(`${prefix}${node.id}`, JSON.stringify(node));
    for (const wire of wires) parts.set(`${prefix}${wire.from} → ${wire.to}`, JSON.stringify(wire.ui ?? null));
  };
  add('', graph);
  for (const [name, body] of Object.entries(graph.graphs ?? {})) add(`${name}: `, body);
  return parts;
}
