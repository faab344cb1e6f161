import { GRAPH_TYPE, type Graph, NODE_ID } from './document.ts';
import type { ProblemList } from './problem-list.ts';

/** Nodes that a graph may have once the graphs in it are spread out; a file of a few lines can ask for any number. */
const MAX_NODES = 1_000_000;
const MAX_NESTING = 50;

/** The name of the graph that a node type stands for; undefined for other types. */
export function graphNameOf(type: string): string | undefined {
  return type.startsWith(GRAPH_TYPE) ? type.slice(GRAPH_TYPE.length) : undefined;
}

/** Names of the graphs that a document has for use as nodes. */
export function graphNames(graph: Graph): ReadonlySet<string> {
  return new Set(Object.keys(graph.graphs ?? {}).filter((name) => NODE_ID.test(name)));
}

/**
 * Whether the graphs used as nodes can be spread out: none contains itself, they nest no deeper than 50 graphs and come
 * to no more than a million nodes. Reports what stands against it.
 */
export function canFlatten(graph: Graph, problems: ProblemList): boolean {
  const graphs = graph.graphs ?? {};
  const names = graphNames(graph);
  const usedBy = (body: { nodes: readonly { type: string }[] }) =>
    body.nodes.map(({ type }) => graphNameOf(type)).filter((name) => name !== undefined && names.has(name)) as string[];

  /** Nodes and levels of each graph that has been looked through. */
  const sizes = new Map<string, { nodes: number; levels: number }>();
  const path: string[] = [];
  let fits = true;

  const measure = (nodes: number, used: readonly string[]): { nodes: number; levels: number } => {
    const size = { nodes, levels: 1 };
    for (const name of used) {
      const inner = sizeOf(name);
      size.nodes += inner.nodes;
      size.levels = Math.max(size.levels, inner.levels + 1);
    }
    return size;
  };
  const sizeOf = (name: string): { nodes: number; levels: number } => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const none = { nodes: 0, levels: 0 };
    const place = { path: `graphs.${name}` };
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(' → ');
      problems.add(
        'E_GRAPH_RECURSION',
        `The graph "${name}" contains itself, ${circle}: remove the node that uses it.`,
        place,
      );
      fits = false;
      return none;
    }
    if (path.length >= MAX_NESTING) return { nodes: 0, levels: Infinity };
    path.push(name);
    const size = measure(graphs[name].nodes.length, usedBy(graphs[name]));
    path.pop();
    sizes.set(name, size);
    return size;
  };

  const { nodes, levels } = measure(graph.nodes.length, usedBy(graph));
  if (levels > MAX_NESTING) {
    problems.add('E_GRAPH_INVALID', `Graphs are nested deeper than ${MAX_NESTING}: use fewer levels.`, {});
    return false;
  }
  if (nodes > MAX_NODES) {
    const limit = MAX_NODES.toLocaleString('en');
    problems.add('E_GRAPH_INVALID', `The graphs used as nodes come to more than ${limit} nodes: use fewer.`, {});
    return false;
  }
  return fits;
}
