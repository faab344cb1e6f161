import { GRAPH_TYPE, type Graph, type GraphBody, NODE_ID } from './document.ts';
import type { ProblemList } from './problem-list.ts';

/** The name of the graph that a node type stands for; undefined for other types. */
export function graphNameOf(type: string): string | undefined {
  return type.startsWith(GRAPH_TYPE) ? type.slice(GRAPH_TYPE.length) : undefined;
}

/** Names of the graphs that a document has for use as nodes. */
export function graphNames(graph: Graph): ReadonlySet<string> {
  return new Set(Object.keys(graph.graphs ?? {}).filter((name) => NODE_ID.test(name)));
}

/**
 * Whether the graphs used as nodes can be spread out: none contains itself, they nest no deeper than 50 and come to no
 * more than a million nodes. Reports what stands against it.
 */
export function canFlatten(graph: Graph, problems: ProblemList): boolean {
  const circles: string[][] = [];
  const { nodes, levels } = new NestingMeasure(graph, circles).sizeOf(graph);
  for (const circle of circles) {
    const message = `The graph "${circle[0]}" contains itself, ${circle.join(' → ')}: remove the node that uses it.`;
    problems.add('E_GRAPH_RECURSION', message, { path: `graphs.${circle[0]}` });
  }
  const isDeep = levels > MAX_LEVELS;
  const isLarge = nodes > MAX_NODES;
  if (isDeep) {
    problems.add('E_GRAPH_INVALID', `Graphs are nested deeper than ${MAX_LEVELS}: use fewer levels.`, {});
  } else if (isLarge) {
    const limit = MAX_NODES.toLocaleString('en');
    problems.add('E_GRAPH_INVALID', `The graphs used as nodes come to more than ${limit} nodes: use fewer.`, {});
  }
  return circles.length === 0 && !isDeep && !isLarge;
}

/** A file of a few lines can ask for any number of nodes, and for any depth of calls that follow it. */
const MAX_NODES = 1_000_000;
const MAX_LEVELS = 50;

interface Size {
  /** Nodes once all graphs inside are spread out. */
  readonly nodes: number;
  readonly levels: number;
}

class NestingMeasure {
  readonly #graphs: Readonly<Record<string, GraphBody>>;
  readonly #names: ReadonlySet<string>;
  readonly #circles: string[][];
  readonly #known = new Map<string, Size>();
  /** Names of the graphs that are being measured, each used by the one before. */
  readonly #path: string[] = [];

  constructor(graph: Graph, circles: string[][]) {
    this.#graphs = graph.graphs ?? {};
    this.#names = graphNames(graph);
    this.#circles = circles;
  }

  sizeOf(body: GraphBody): Size {
    let { length: nodes } = body.nodes;
    let levels = 0;
    for (const { type } of body.nodes) {
      const name = graphNameOf(type);
      if (name === undefined || !this.#names.has(name)) continue;
      const inner = this.#sizeOfGraph(name);
      nodes += inner.nodes;
      levels = Math.max(levels, inner.levels + 1);
    }
    return { nodes, levels };
  }

  #sizeOfGraph(name: string): Size {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#path.includes(name)) {
      this.#circles.push([...this.#path.slice(this.#path.indexOf(name)), name]);
      return { nodes: 0, levels: 0 };
    }
    if (this.#path.length > MAX_LEVELS) return { nodes: 0, levels: Infinity };
    this.#path.push(name);
    const size = this.sizeOf(this.#graphs[name]);
    this.#path.pop();
    this.#known.set(name, size);
    return size;
  }
}
