import output from '../nodes/io/output.ts';
import type { Graph, GraphNode, Wire } from '../src/shared/graph/document.ts';
import { defineNode, type NodeDefinition } from '../src/shared/node-api/define-node.ts';
import { pin } from '../src/shared/node-api/pins.ts';

/** A graph of trivial nodes; its one output, `result`, is what the last of them gives. */
export interface BenchGraph {
  readonly document: Graph;
  readonly definitions: readonly NodeDefinition[];
}

const add = defineNode({
  type: 'bench/add',
  version: 1,
  title: 'Add one',
  summary: 'Adds 1.',
  inputs: { value: pin.number({ default: 0 }) },
  outputs: { value: pin.number() },
  run: ({ value }) => ({ value: value + 1 }),
});

/** `length` nodes in a row; each adds 1. */
export function weftChain(length: number): BenchGraph {
  const nodes = Array.from({ length }, (_, i) => ({ id: `add${i}`, type: 'bench/add@1' }));
  const wires = Array.from({ length: length - 1 }, (_, i) => ({ from: `add${i}.value`, to: `add${i + 1}.value` }));
  return { document: withResult(nodes, wires, `add${length - 1}.value`), definitions: [add, output] };
}

/** One node, `width` nodes that each add 1 to what it gives, and one that sums them up. */
export function weftFan(width: number): BenchGraph {
  const names = Array.from({ length: width }, (_, i) => `in${i}`);
  const sum = defineNode({
    type: 'bench/sum',
    version: 1,
    title: 'Sum',
    summary: 'Adds all its inputs up.',
    inputs: Object.fromEntries(names.map((name) => [name, pin.number()])),
    outputs: { value: pin.number() },
    run(inputs) {
      let value = 0;
      for (const name of names) value += inputs[name];
      return { value };
    },
  });
  const nodes = ['first', ...names].map((id) => ({ id, type: 'bench/add@1' }));
  const wires = names.flatMap((name) => [
    { from: 'first.value', to: `${name}.value` },
    { from: `${name}.value`, to: `sum.${name}` },
  ]);
  return {
    document: withResult([...nodes, { id: 'sum', type: 'bench/sum@1' }], wires, 'sum.value'),
    definitions: [add, sum, output],
  };
}

function withResult(nodes: readonly GraphNode[], wires: readonly Wire[], from: string): Graph {
  return {
    weft: 1,
    nodes: [...nodes, { id: 'result', type: 'io/output@1', params: { name: 'result' } }],
    wires: [...wires, { from, to: 'result.value' }],
  };
}
