import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import { declaredType, type ModelSignatures, type TypeFlow } from '../types/type-flow.ts';
import { checkBorders, checkInputs, missing } from './check-inputs.ts';
import type { CheckedGraph, CheckedNode, InputSource } from './checked-graph.ts';
import type { Graph, GraphNode } from './document.ts';
import { type FlatGraph, flatten } from './flatten.ts';
import { flowGraph } from './flow-graph.ts';
import { GRAPH_INPUT, interfaceName, isGraphInput, isGraphOutput } from './interface.ts';
import { listed } from './labels.ts';
import { type LinkedGraph, link } from './link.ts';
import { nearestName } from './nearest-name.ts';
import { inputIndex } from './pin-index.ts';
import { ProblemList } from './problem-list.ts';
import { findStreams } from './streams.ts';

export interface CheckOptions {
  /**
   * Values for the graph's own inputs, by name, for a run: every input without a default needs one. Left out, the graph
   * is checked as it stands.
   */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  /** Installed node types, to propose one for a type that is not. */
  readonly types?: () => Iterable<string>;
  /** Signatures of model files that have been read. */
  readonly modelSignature?: ModelSignatures;
}

/**
 * Everything that can be known of a graph before it runs (engine.md 4.1), and everything wrong with it, at once and each
 * mistake once. Linear in nodes and wires.
 */
export function checkGraph(
  graph: Graph,
  catalogue: (id: string) => NodeSignature | undefined,
  options: CheckOptions = {},
): CheckedGraph {
  const problems = new ProblemList();
  const notes: string[] = [];
  const { inputs = {}, types = () => [] } = options;
  const flat = flatten(graph, { catalogue, types, inputs, problems, notes });
  const linked = link(flat, problems);
  const flows = flowGraph(linked.nodes, options.modelSignature);
  const sources = checkInputs(linked, flows, problems);
  checkBorders(linked, flows, problems);
  checkGraphNodes(flat, problems);
  checkSetInputs(graph, options.inputs, problems);
  const streams = findStreams(linked, problems);
  const nodes = linked.nodes.map((_, index) =>
    checkedNode(linked, index, sources[index], flows[index], streams[index]),
  );
  return { nodes, problems: problems.all, notes, ...interfaceOf(graph, linked, flows) };
}

function checkedNode(
  { nodes }: LinkedGraph,
  index: number,
  inputs: readonly InputSource[],
  flow: TypeFlow,
  stream: number,
): CheckedNode {
  const { flat, signature, after } = nodes[index];
  const { id, title, node } = flat;
  return { id, title, signature, inputs, outputTypes: flow.outputs, after, policy: node.policy ?? {}, stream };
}

/** A graph used as a node needs its inputs as any node does. */
function checkGraphNodes(flat: FlatGraph, problems: ProblemList): void {
  for (const { id, title, path, role, signature, params, sources } of flat.nodes) {
    if (role.kind !== 'graph' || signature === null) continue;
    for (const [input, pin] of signature.inputs.entries()) {
      if (sources[input] !== null || pin.default !== undefined || Object.hasOwn(params, pin.name)) continue;
      const type = declaredType(pin.type);
      const message = `${title} ${missing(signature, pin.name, type)}.`;
      problems.add('E_PIN_REQUIRED', message, { node: id, pin: pin.name, path: `${path}.params.${pin.name}` });
    }
  }
}

/** What is set for a run has to be an input of the graph, and every input without a default has to be set. */
function checkSetInputs(graph: Graph, set: CheckOptions['inputs'], problems: ProblemList): void {
  if (set === undefined) return;
  const names = new Set<string>();
  graph.nodes.forEach((node, index) => {
    const name = isGraphInput(node) ? interfaceName(node) : undefined;
    if (name === undefined || names.has(name)) return;
    names.add(name);
    if (node.params?.default !== undefined || Object.hasOwn(set, name)) return;
    const message = `The graph input "${name}" has no value: set it for the run, or give it a default.`;
    problems.add('E_PIN_REQUIRED', message, { node: node.id, pin: 'default', path: `nodes[${index}].params.default` });
  });
  for (const name of Object.keys(set)) {
    if (names.has(name)) continue;
    const near = nearestName(name, names);
    const todo = near === undefined ? 'use one of its inputs.' : `did you mean "${near}"?`;
    const message =
      names.size === 0
        ? `The graph has no input "${name}", nor any other: leave it out.`
        : `The graph has no input "${name}", only ${listed([...names])}: ${todo}`;
    problems.add('E_INPUT_UNKNOWN', message, {});
  }
}

function interfaceOf(
  graph: Graph,
  { nodes }: LinkedGraph,
  flows: readonly TypeFlow[],
): Pick<CheckedGraph, 'inputs' | 'outputs'> {
  const named = graph.nodes.filter((node) => isGraphInput(node) || isGraphOutput(node));
  const indexOf = new Map<GraphNode, number>();
  if (named.length > 0) for (const [index, { flat }] of nodes.entries()) indexOf.set(flat.node, index);
  const inputs: CheckedGraph['inputs'][number][] = [];
  const outputs: CheckedGraph['outputs'][number][] = [];
  for (const node of named) {
    const name = interfaceName(node);
    const index = indexOf.get(node);
    if (name === undefined || index === undefined) continue;
    const { signature, origins } = nodes[index];
    if (signature.type === GRAPH_INPUT) {
      const value = node.params?.default;
      const type = flows[index].outputs[0];
      inputs.push(value === undefined ? { name, node: index, type } : { name, node: index, type, default: value });
      continue;
    }
    const value = inputIndex(signature, 'value') ?? 0;
    const origin = origins[value];
    const type = origin.from === 'wire' ? flows[origin.node].outputs[origin.output] : flows[index].inputs[value];
    outputs.push({ name, node: index, type });
  }
  return { inputs, outputs };
}
