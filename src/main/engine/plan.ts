import { isAbsolute, resolve } from 'node:path';
import type { CheckedGraph, CheckedNode, InputSource } from '../../shared/graph/checked-graph.ts';
import type { Policy } from '../../shared/graph/document.ts';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { InputSignature, NodeSignature } from '../../shared/node-api/signature.ts';
import type { Conversion } from '../../shared/types/assignability.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import { provenanceKey } from './cache-key.ts';

/**
 * A checked graph, compiled for the scheduler: flat arrays and numbers instead of names.
 *
 * Nodes run in *scopes*: scope 0 is the graph itself, where a node runs once; scope k > 0 is the stream of one source,
 * where a node runs once per item. Values lie in *slots* of a *lane*: scope 0 has one lane, a stream has as many as
 * items may be in flight. A source runs in scope 0 and gives its outputs to its stream's lanes; a `collect` node runs in
 * the lanes and gives its output to scope 0.
 */
export interface Plan {
  readonly graph: CheckedGraph;
  readonly nodes: readonly PlanNode[];
  readonly scopes: readonly Scope[];
  /** Consumers of each node's outputs, one entry per wire. */
  readonly wires: Adjacency;
  /** Nodes that wait for each node's end (`after`). */
  readonly after: Adjacency;
}

export interface Scope {
  /** Index of the source node; -1 for scope 0. */
  readonly source: number;
  /** Indices of the nodes that run in it, in topological order. */
  readonly nodes: readonly number[];
  readonly slots: number;
}

/** Who follows node n: `targets[starts[n]]` up to `targets[starts[n + 1]]`. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

export interface PlanNode {
  readonly index: number;
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly signature: NodeSignature;
  readonly policy: Policy;
  /** Scope whose lanes it runs in, and its place among the nodes of that scope. */
  readonly scope: number;
  readonly local: number;
  /** Scope whose lanes its outputs lie in. */
  readonly outScope: number;
  readonly wires: readonly PlanWire[];
  /** Every input of the node, with the literals in place: cloned for each call. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly PlanOutput[];
  /** Sees the items of its stream one at a time and in order. */
  readonly ordered: boolean;
  /** Runs for what it does, whether or not anybody needs its outputs. */
  readonly wanted: boolean;
  /** Name of the graph's output that it is. */
  readonly output: string | null;
  /** Cache key without what is read from files; null when its outputs are never cached. */
  readonly key: string | null;
}

export interface PlanWire {
  readonly input: string;
  readonly producer: number;
  readonly slot: number;
  /** The value is the graph's own, while the node runs once per item. */
  readonly held: boolean;
  readonly conversion: Conversion | null;
  readonly acceptsSkipped: boolean;
  /** Folder that a relative path arriving here is resolved against; null for pins that are no path. */
  readonly folder: string | null;
  /** Type that each value is checked against, where the wire itself cannot promise it. */
  readonly check: PinType | null;
  /** Nothing of the above is to be done: the value passes as it is. */
  readonly plain: boolean;
}

export interface PlanOutput {
  readonly name: string;
  readonly type: PinType;
  readonly slot: number;
}

export interface PlanOptions {
  /** What relative paths in the graph are relative to. */
  readonly graphFolder: string;
  /** What relative paths of files to be written are relative to. */
  readonly outFolder: string;
  /** Digest of a node's code, for nodes from outside the app. */
  readonly digestOf?: (id: string) => string | undefined;
}

/** Compiles a graph without problems. Linear in nodes and wires. */
export function compilePlan(
  graph: CheckedGraph,
  definitionOf: (id: string) => NodeDefinition,
  options: PlanOptions,
): Plan {
  const { nodes: checked } = graph;
  const scopeOfSource = new Map<number, number>();
  const scopes: { source: number; nodes: number[]; slots: number }[] = [{ source: -1, nodes: [], slots: 0 }];
  checked.forEach((node, index) => {
    if (node.signature.body !== 'source') return;
    scopeOfSource.set(index, scopes.length);
    scopes.push({ source: index, nodes: [], slots: 0 });
  });
  const outputNames = new Map(graph.outputs.map(({ node, name }) => [node, name]));

  const nodes: PlanNode[] = [];
  checked.forEach((node, index) => {
    const scope = node.stream < 0 ? 0 : (scopeOfSource.get(node.stream) ?? 0);
    const outScope = node.signature.body === 'collect' ? 0 : (scopeOfSource.get(index) ?? scope);
    const outputs = node.signature.outputs.map(({ name }, k) => ({
      name,
      type: node.outputTypes[k],
      slot: scopes[outScope].slots++,
    }));
    const wires = wiresOf(node, nodes, scope, options);
    const inputs = inputsOf(node, options);
    nodes.push({
      index,
      id: node.id,
      definition: definitionOf(node.signature.id),
      signature: node.signature,
      policy: node.policy,
      scope,
      local: scopes[scope].nodes.length,
      outScope,
      wires,
      inputs,
      outputs,
      ordered:
        node.signature.body === 'open' || node.signature.body === 'collect' || node.signature.effects === 'shows',
      wanted: node.signature.effects !== null,
      output: outputNames.get(index) ?? null,
      key: provenanceKey(node.signature, options.digestOf?.(node.signature.id), inputs, wires, nodes),
    });
    scopes[scope].nodes.push(index);
  });

  return {
    graph,
    nodes,
    scopes,
    wires: adjacency(nodes.length, (add) => {
      for (const node of nodes) for (const wire of node.wires) add(wire.producer, node.index);
    }),
    after: adjacency(nodes.length, (add) => {
      checked.forEach((node, index) => {
        for (const before of node.after) add(before, index);
      });
    }),
  };
}

function wiresOf(node: CheckedNode, earlier: readonly PlanNode[], scope: number, options: PlanOptions): PlanWire[] {
  const wires: PlanWire[] = [];
  node.inputs.forEach((source: InputSource, k) => {
    if (source.from !== 'wire') return;
    const pin = node.signature.inputs[k];
    const producer = earlier[source.node];
    const folder = pathFolder(pin, options);
    const check = uncheckedType(producer.outputs[source.output].type, pin);
    wires.push({
      input: pin.name,
      producer: source.node,
      slot: producer.outputs[source.output].slot,
      held: producer.outScope !== scope,
      conversion: source.conversion,
      acceptsSkipped: pin.acceptsSkipped === true,
      folder,
      check,
      plain: source.conversion === null && folder === null && check === null,
    });
  });
  return wires;
}

/** All inputs by name. Wired ones are there too, undefined, so that every clone has the same hidden class. */
function inputsOf(node: CheckedNode, options: PlanOptions): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  node.inputs.forEach((source, k) => {
    const pin = node.signature.inputs[k];
    inputs[pin.name] = source.from === 'literal' ? literalOf(node, pin, source.value, options) : undefined;
  });
  return inputs;
}

function literalOf(node: CheckedNode, pin: InputSignature, value: JsonValue, options: PlanOptions): JsonValue {
  const rule = pin.type.kind;
  // The value of a graph's input has the type that the node declares, and so is a path when its output is one.
  const folder =
    node.signature.type === 'io/input' && pin.name === 'default' && node.outputTypes[0].kind === 'path'
      ? options.graphFolder
      : rule === 'path'
        ? pathFolder(pin, options)
        : null;
  return folder === null || typeof value !== 'string' ? value : absolutePath(value, folder);
}

/** The pin's type when the producer's is open (`any`, `json`): then only the value itself can tell. */
function uncheckedType(from: PinType, pin: InputSignature): PinType | null {
  if (from.kind !== 'any' && from.kind !== 'json') return null;
  const type = declaredType(pin.type);
  return type.kind === 'any' || type.kind === 'json' ? null : type;
}

function pathFolder(pin: InputSignature, options: PlanOptions): string | null {
  if (pin.type.kind !== 'path') return null;
  return pin.access === 'write' ? options.outFolder : options.graphFolder;
}

export function absolutePath(path: string, folder: string): string {
  return path === '' || isAbsolute(path) ? path : resolve(folder, path);
}

function adjacency(count: number, edges: (add: (from: number, to: number) => void) => void): Adjacency {
  const starts = new Int32Array(count + 1);
  edges((from) => {
    starts[from + 1]++;
  });
  for (let n = 0; n < count; n++) starts[n + 1] += starts[n];
  const targets = new Int32Array(starts[count]);
  const next = starts.slice(0, count);
  edges((from, to) => {
    targets[next[from]++] = to;
  });
  return { starts, targets };
}
