import { WeftError } from '../../node-api/weft-error.ts';
import type { After, Frame, Graph, GraphBody, GraphNode, Note, Wire } from '../document.ts';
import { type KeyedElement, passKey } from './element-key.ts';
import { withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';

/** Which of a document's graphs is meant: one of `graphs` by name, or null for the top level. */
export type BodyName = string | null;

/** The lists of a graph, by their keys in the file. */
export interface BodyLists {
  readonly nodes: GraphNode;
  readonly wires: Wire;
  readonly after: After;
  readonly frames: Frame;
  readonly notes: Note;
}

/**
 * A document while one edit is made. Every operation works on it by a few primitives that copy what they touch and
 * share the rest, so that whatever is the same (`===`) before and after the edit was not touched.
 */
export class GraphDraft {
  #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** The document as edited so far. */
  get graph(): Graph {
    return this.#graph;
  }

  /** @throws WeftError `E_GRAPH_INVALID` when the document has no graph of the name. */
  body(name: BodyName): BodyDraft {
    if (name !== null) this.#nested(name);
    return new BodyDraft(this, name);
  }

  /** The contents of one of the document's graphs as edited so far; throws as `body` does. */
  bodyOf(name: BodyName): GraphBody {
    return name === null ? this.#graph : this.#nested(name);
  }

  /** Makes changes that belong together: when they end in a refusal, the document is as it was before them. */
  attempt<O extends Outcome>(change: () => O): O {
    const before = this.#graph;
    const outcome = change();
    if (!outcome.ok) this.#graph = before;
    return outcome;
  }

  /** Adds a graph for use as a node, or replaces it. */
  putGraph(name: string, body: GraphBody): void {
    this.#graph = { ...this.#graph, graphs: { ...this.#graph.graphs, [name]: body } };
  }

  removeGraph(name: string): void {
    this.#nested(name);
    const { [name]: _, ...graphs } = this.#graph.graphs ?? {};
    this.#graph = { ...this.#graph, graphs };
  }

  /** Gives one of the document's graphs other contents; those of the top level are the whole document. */
  putBody(name: BodyName, body: GraphBody): void {
    if (name === null) this.#graph = body as Graph;
    else this.putGraph(name, body);
  }

  #nested(name: string): GraphBody {
    const { graphs = {} } = this.#graph;
    if (!Object.hasOwn(graphs, name)) {
      throw new WeftError('E_GRAPH_INVALID', `The document has no graph "${name}": open one that it has.`);
    }
    return graphs[name];
  }
}

/** One of a document's graphs while an edit is made. */
export class BodyDraft {
  readonly document: GraphDraft;
  readonly name: BodyName;

  constructor(document: GraphDraft, name: BodyName) {
    this.document = document;
    this.name = name;
  }

  /** The graph as edited so far; never changed in place. */
  get body(): GraphBody {
    return this.document.bodyOf(this.name);
  }

  list<L extends keyof BodyLists>(list: L): readonly BodyLists[L][] {
    return (this.body[list] ?? []) as readonly BodyLists[L][];
  }

  /** The first node of the id, which is the one that wires lead to. */
  node(id: string): GraphNode | undefined {
    return this.body.nodes.find((node) => node.id === id);
  }

  /** Changes the first node of the id; false when there is none. */
  updateNode(id: string, change: (node: GraphNode) => GraphNode): boolean {
    const found = this.node(id);
    this.update('nodes', (node) => (node === found ? change(node) : node));
    return found !== undefined;
  }

  append<L extends keyof BodyLists>(list: L, elements: readonly BodyLists[L][]): void {
    if (elements.length > 0) this.#put(list, [...this.list(list), ...elements]);
  }

  /**
   * Goes once over a list: each element becomes what `change` gives for it; undefined removes it. What `change` gives
   * back as it was, or equal to that, counts as not touched.
   */
  update<L extends keyof BodyLists>(list: L, change: (element: BodyLists[L]) => BodyLists[L] | undefined): void {
    let touched = false;
    const elements: BodyLists[L][] = [];
    for (const before of this.list(list)) {
      const after = change(before);
      if (after === before || (after !== undefined && isSame(before, after))) {
        elements.push(before);
        continue;
      }
      touched = true;
      if (after === undefined) continue;
      // Nodes go by their ids.
      if (list !== 'nodes') passKey(before as KeyedElement, after as KeyedElement);
      elements.push(after);
    }
    if (touched) this.#put(list, elements);
  }

  /** `undefined` removes the text. */
  set(key: 'name' | 'description', text: string | undefined): void {
    if (this.body[key] === text) return;
    this.document.putBody(this.name, withKeys(this.body, { [key]: text }));
  }

  #put<L extends keyof BodyLists>(list: L, elements: readonly BodyLists[L][]): void {
    this.document.putBody(this.name, { ...this.body, [list]: elements });
  }
}

/** The order of keys counts too, for it is kept. */
function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
