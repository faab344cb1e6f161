import { createRequire } from 'node:module';

/** The part of litegraph.js 0.7 that is used here; its own types are not there until it is installed. */
interface LiteGraphModule {
  readonly LGraph: new () => LGraph;
  readonly LiteGraph: {
    MAX_NUMBER_OF_NODES: number;
    registerNodeType(type: string, node: unknown): void;
  };
}

interface LGraph {
  configure(graph: object): void;
  runStep(steps: number): void;
  getNodeById(id: number): LGraphNode;
}

interface LGraphNode {
  inputs: unknown[];
  getInputData(slot: number): number | undefined;
  getOutputData(slot: number): number;
  setOutputData(slot: number, value: number): void;
}

/** Nodes and links in litegraph's own file format, which it reads far faster than it adds node by node. */
export interface LitegraphDocument {
  readonly nodes: readonly object[];
  readonly links: readonly object[];
}

/** A graph of litegraph.js: `run` executes every node once and gives the last one's output. */
export interface LitegraphGraph {
  run(): number;
}

export function loadLitegraph(): (document: LitegraphDocument) => LitegraphGraph {
  const { LGraph, LiteGraph } = createRequire(import.meta.url)('litegraph.js') as LiteGraphModule;
  LiteGraph.MAX_NUMBER_OF_NODES = 1_000_000;
  LiteGraph.registerNodeType('bench/add', Add);
  LiteGraph.registerNodeType('bench/sum', Sum);
  return (document) => {
    const graph = new LGraph();
    // It replaces the links of the object it is given.
    graph.configure({ ...document });
    const last = graph.getNodeById(document.nodes.length);
    return {
      run() {
        graph.runStep(1);
        return last.getOutputData(0);
      },
    };
  };
}

/** litegraph gives a registered class the methods of its own nodes. */
class Add {
  onExecute(this: LGraphNode): void {
    this.setOutputData(0, (this.getInputData(0) ?? 0) + 1);
  }
}

class Sum {
  onExecute(this: LGraphNode): void {
    let sum = 0;
    for (let slot = 0; slot < this.inputs.length; slot++) sum += this.getInputData(slot) ?? 0;
    this.setOutputData(0, sum);
  }
}

/** `length` nodes in a row; each adds 1. */
export function litegraphChain(length: number): LitegraphDocument {
  const links = Array.from({ length: length - 1 }, (_, i) => link(i + 1, i + 1, i + 2, 0));
  const nodes = Array.from({ length }, (_, i) => {
    return node(i + 1, 'bench/add', [i === 0 ? null : i], i === length - 1 ? [] : [i + 1]);
  });
  return { nodes, links };
}

/** One node, `width` nodes that each add 1 to what it gives, and one that sums them up. */
export function litegraphFan(width: number): LitegraphDocument {
  const out = Array.from({ length: width }, (_, i) => i + 1);
  const back = out.map((id) => width + id);
  const last = width + 2;
  return {
    nodes: [
      node(1, 'bench/add', [null], out),
      ...out.map((id) => node(id + 1, 'bench/add', [id], [width + id])),
      node(last, 'bench/sum', back, []),
    ],
    links: [...out.map((id) => link(id, 1, id + 1, 0)), ...out.map((id) => link(width + id, id + 1, last, id - 1))],
  };
}

function node(id: number, type: string, inputs: readonly (number | null)[], links: readonly number[]) {
  return {
    id,
    type,
    pos: [0, 0],
    size: [1, 1],
    flags: {},
    order: id - 1,
    mode: 0,
    inputs: inputs.map((link, slot) => ({ name: `in${slot}`, type: 'number', link })),
    outputs: [{ name: 'out', type: 'number', links }],
    properties: {},
  };
}

function link(id: number, from: number, to: number, slot: number) {
  return [id, from, 0, to, slot, 'number'];
}
