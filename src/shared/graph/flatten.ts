import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import type { Graph, GraphBody, GraphNode } from './document.ts';
import { graphSignature, interfaceName, isGraphInput, isGraphOutput } from './interface.ts';
import { canFlatten, graphNameOf, graphNames } from './nesting.ts';
import { inputIndex } from './pin-index.ts';
import type { ProblemList } from './problem-list.ts';
import { type BodySource, type ResolvedBody, resolveBody } from './resolve-body.ts';

/** What a node of the file is in the flat graph. Only `node` and a `graph-input` without a wire will run. */
export type FlatRole =
  | { readonly kind: 'node' }
  | { readonly kind: 'bypassed' }
  /** A graph used as a node; `outputs` are the `io/output` nodes inside it, by output pin. */
  | { readonly kind: 'graph'; readonly outputs: readonly number[] }
  /** An `io/input` inside graph node `outer`, which has it as input pin number `pin`. */
  | { readonly kind: 'graph-input'; readonly outer: number; readonly pin: number }
  /** An `io/output` inside a graph used as a node. */
  | { readonly kind: 'graph-output' };

export interface FlatNode {
  /** `outer/inner` inside graphs used as nodes. */
  readonly id: string;
  readonly title: string;
  /** Place in the file. */
  readonly path: string;
  readonly node: GraphNode;
  readonly signature: NodeSignature | null;
  readonly role: FlatRole;
  /** Literals, with what the graph around it or the caller set for an `io/input`. */
  readonly params: Readonly<Record<string, JsonValue>>;
  /** One per input of the signature, by indices of the flat graph; null for an input without a wire. */
  readonly sources: readonly (BodySource | null)[];
}

/** A graph and all graphs used in it, spread out: names resolved, each inner node named by its path. */
export interface FlatGraph {
  readonly nodes: readonly FlatNode[];
  readonly after: readonly (readonly [from: number, to: number])[];
}

export interface FlattenOptions {
  catalogue(id: string): NodeSignature | undefined;
  readonly types: () => Iterable<string>;
  /** Values set for the graph's own inputs, by name. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly problems: ProblemList;
  readonly notes: string[];
}

/** Spreads a graph out; only its top level when the graphs used in it do not allow that. */
export function flatten(graph: Graph, options: FlattenOptions): FlatGraph {
  return new Flattener(graph, options).flatten();
}

/** Each node of one graph is ordered with each of another, which a small file could ask for without end. */
const MAX_AFTER = 1_000_000;

/** The graph node whose inside is being spread out. */
interface Outer {
  readonly index: number;
  readonly node: GraphNode;
  readonly signature: NodeSignature;
  readonly sources: readonly (BodySource | null)[];
}

class Flattener {
  readonly #graph: Graph;
  readonly #options: FlattenOptions;
  readonly #graphs: Readonly<Record<string, GraphBody>>;
  readonly #names: ReadonlySet<string>;
  readonly #signatures = new Map<string, NodeSignature>();
  readonly #bodies = new Map<string, ResolvedBody>();
  readonly #nodes: FlatNode[] = [];
  readonly #after: [number, number][] = [];
  #spreads = true;

  constructor(graph: Graph, options: FlattenOptions) {
    this.#graph = graph;
    this.#options = options;
    this.#graphs = graph.graphs ?? {};
    this.#names = graphNames(graph);
  }

  flatten(): FlatGraph {
    this.#spreads = canFlatten(this.#graph, this.#options.problems);
    this.#spread(this.#bodyOf(null, ''), '', null);
    return { nodes: this.#nodes, after: this.#after };
  }

  #bodyOf(name: string | null, prefix: string): ResolvedBody {
    const known = this.#bodies.get(name ?? '');
    if (known !== undefined) return known;
    const { types, problems, notes } = this.#options;
    const body = resolveBody(name === null ? this.#graph : this.#graphs[name], {
      signatureOf: (type) => this.#signatureOf(type),
      types: () => this.#typesWithGraphs(types()),
      path: name === null ? '' : `graphs.${name}.`,
      prefix,
      problems,
      notes,
    });
    this.#bodies.set(name ?? '', body);
    return body;
  }

  #signatureOf(type: string): NodeSignature | undefined {
    const name = graphNameOf(type);
    if (name === undefined) return this.#options.catalogue(type);
    if (!this.#names.has(name)) return undefined;
    const known = this.#signatures.get(name);
    if (known !== undefined) return known;
    const signature = graphSignature(name, this.#graphs[name], this.#options.catalogue);
    this.#signatures.set(name, signature);
    return signature;
  }

  *#typesWithGraphs(types: Iterable<string>): Iterable<string> {
    yield* types;
    for (const name of this.#names) yield `graph/${name}`;
  }

  /** Appends the nodes of a body, and after them those of the graphs in it. */
  #spread(body: ResolvedBody, prefix: string, outer: Outer | null): void {
    const first = this.#nodes.length;
    for (const { node, path, signature, sources } of body.nodes) {
      this.#nodes.push({
        id: prefix + node.id,
        title: node.ui?.title ?? signature?.title ?? node.id,
        path,
        node,
        signature,
        role: roleOf(node, outer),
        params: this.#paramsOf(node, outer),
        sources: first === 0 ? sources : sources.map((source) => shifted(source, first)),
      });
    }
    const insides = new Map<number, readonly [from: number, to: number]>();
    body.nodes.forEach(({ node, signature }, index) => {
      const name = graphNameOf(node.type);
      const flat = first + index;
      if (name === undefined || signature === null || node.bypass === true || !this.#spreads) return;
      insides.set(flat, this.#spreadGraph(flat, name, signature));
    });
    for (const [from, to] of body.after) {
      const [fromStart, fromEnd] = insides.get(from + first) ?? [from + first, from + first + 1];
      const [toStart, toEnd] = insides.get(to + first) ?? [to + first, to + first + 1];
      if (this.#after.length + (fromEnd - fromStart) * (toEnd - toStart) > MAX_AFTER) {
        this.#reportCrowd(body.nodes[from].path);
        return;
      }
      for (let a = fromStart; a < fromEnd; a++) for (let b = toStart; b < toEnd; b++) this.#after.push([a, b]);
    }
  }

  #reportCrowd(path: string): void {
    const message = `The order between graphs used as nodes comes to more than ${MAX_AFTER.toLocaleString('en')} pairs of nodes: order single nodes inside them.`;
    this.#options.problems.add('E_GRAPH_INVALID', message, { path });
  }

  /** Returns the range of indices that its nodes have got. */
  #spreadGraph(index: number, name: string, signature: NodeSignature): readonly [number, number] {
    const { id, node, sources } = this.#nodes[index];
    const start = this.#nodes.length;
    const prefix = `${id}/`;
    const body = this.#bodyOf(name, prefix);
    this.#spread(body, prefix, { index, node, signature, sources });
    const outputs = signature.outputs.map(({ name: pin }) => {
      return start + body.nodes.findIndex(({ node: inner }) => isGraphOutput(inner) && interfaceName(inner) === pin);
    });
    this.#nodes[index] = { ...this.#nodes[index], role: { kind: 'graph', outputs } };
    return [start, this.#nodes.length];
  }

  #paramsOf(node: GraphNode, outer: Outer | null): Readonly<Record<string, JsonValue>> {
    const params = node.params ?? NO_PARAMS;
    const name = isGraphInput(node) ? interfaceName(node) : undefined;
    if (name === undefined) return params;
    const set = outer === null ? this.#options.inputs : (outer.node.params ?? {});
    return Object.hasOwn(set, name) ? { ...params, default: set[name] } : params;
  }
}

function roleOf(node: GraphNode, outer: Outer | null): FlatRole {
  if (node.bypass === true) return BYPASSED;
  if (outer === null) return NODE;
  if (isGraphOutput(node)) return GRAPH_OUTPUT_ROLE;
  const name = isGraphInput(node) ? interfaceName(node) : undefined;
  const pin = name === undefined ? undefined : inputIndex(outer.signature, name);
  return pin === undefined ? NODE : { kind: 'graph-input', outer: outer.index, pin };
}

const NODE: FlatRole = { kind: 'node' };
const BYPASSED: FlatRole = { kind: 'bypassed' };
const GRAPH_OUTPUT_ROLE: FlatRole = { kind: 'graph-output' };
const NO_PARAMS = {};

function shifted(source: BodySource | null, by: number): BodySource | null {
  return source === null || source === 'broken' ? source : { node: source.node + by, output: source.output };
}
