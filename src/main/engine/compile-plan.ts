import type { CheckedGraph, CheckedNode, InputSource } from '../../shared/graph/checked-graph.ts';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { InputSignature } from '../../shared/node-api/signature.ts';
import { absolutePath, readablePath } from './absolute-path.ts';
import { provenanceKey } from './cache-key.ts';
import type { Adjacency, Plan, PlanNode, PlanOutput, PlanWire, Scope, Side } from './plan.ts';

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
  const scopes: GrowingScope[] = [{ source: -1, parent: 0, nodes: [], places: 0, slots: 0 }];
  checked.forEach(({ signature, stream }, index) => {
    if (signature.body !== 'source' && (signature.stream !== 'begins' || stream < 0)) return;
    scopeOfSource.set(index, scopes.length);
    scopes.push({ source: index, parent: scopeOfSource.get(stream) ?? 0, nodes: [], places: 0, slots: 0 });
  });
  const outputNames = new Map(graph.outputs.map(({ node, name }) => [node, name]));

  const nodes: PlanNode[] = [];
  const ordering = new Set(checked.flatMap(({ after }) => after));
  checked.forEach((node, index) => {
    const scope = node.stream < 0 ? 0 : (scopeOfSource.get(node.stream) ?? 0);
    const outScope = node.signature.body === 'collect' ? 0 : (scopeOfSource.get(index) ?? scope);
    const outputs = node.signature.outputs.map(({ name }, k) => ({
      name,
      type: node.outputTypes[k],
      slot: scopes[outScope].slots++,
    }));
    const sides = sidesOf(node, nodes, scope, scopes);
    const wires = wiresOf(node, nodes, scope, sides, options);
    const inputs = inputsOf(node, options);
    const output = outputNames.get(index) ?? null;
    nodes.push({
      index,
      id: node.id,
      definition: definitionOf(node.signature.id),
      signature: node.signature,
      policy: node.policy,
      scope,
      local: scopes[scope].places++,
      outScope,
      sides,
      wires,
      inputs,
      outputs,
      ordered:
        node.signature.body === 'open' ||
        node.signature.body === 'collect' ||
        node.signature.effects === 'shows' ||
        sides.length > 0,
      wanted: node.signature.effects !== null,
      straight: scope === 0 && output === null && !ordering.has(index) && isStraight(node, wires, outputs),
      output,
      key: dependsOnTheMoment(node, sides)
        ? null
        : provenanceKey(node.signature, options.digestOf?.(node.signature.id), inputs, wires, nodes),
    });
    scopes[scope].nodes.push(index);
  });

  return {
    graph,
    nodes,
    ids: nodes.map(({ id }) => id),
    scopes,
    byKey: new Map(nodes.flatMap(({ key, outScope, index }) => (key === null || outScope !== 0 ? [] : [[key, index]]))),
    keepsSlot: slotsToKeep(nodes, scopes[0].slots),
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

/** Nothing but numbers comes out, and nothing is to be done to what comes in. */
function isStraight(
  { signature, policy }: CheckedNode,
  wires: readonly PlanWire[],
  outputs: readonly PlanOutput[],
): boolean {
  if (signature.body !== 'run' || policy.timeout !== undefined || outputs.length === 0) return false;
  return wires.every(({ plain, held }) => plain && !held) && outputs.every(({ type }) => type.kind === 'number');
}

type GrowingScope = { -readonly [K in keyof Scope]: K extends 'nodes' ? number[] : Scope[K] };

/** One side for each other stream that the node is wired to. */
function sidesOf(node: CheckedNode, earlier: readonly PlanNode[], scope: number, scopes: GrowingScope[]): Side[] {
  if (scope === 0 || (node.signature.stream !== 'pairs' && node.signature.stream !== 'follows')) return [];
  const others = node.inputs.flatMap((source) => (source.from === 'wire' ? [earlier[source.node].outScope] : []));
  const sourceOf = (index: number): number =>
    scopes[index].parent === 0 ? scopes[index].source : sourceOf(scopes[index].parent);
  return [...new Set(others)]
    .filter((other) => other !== 0 && other !== scope)
    .map((other) => ({
      scope: other,
      local: scopes[other].places++,
      sameSource: sourceOf(other) === sourceOf(scope),
    }));
}

/** The newest item of another source is one thing in one run and another in the next. */
function dependsOnTheMoment({ signature }: CheckedNode, sides: readonly Side[]): boolean {
  return signature.stream === 'follows' && sides.some(({ sameSource }) => !sameSource);
}

function wiresOf(
  node: CheckedNode,
  earlier: readonly PlanNode[],
  scope: number,
  sides: readonly Side[],
  options: PlanOptions,
): PlanWire[] {
  const wires: PlanWire[] = [];
  node.inputs.forEach((source: InputSource, k) => {
    if (source.from !== 'wire') return;
    const pin = node.signature.inputs[k];
    const producer = earlier[source.node];
    const toPath = pathMaker(pin, options);
    const { check } = source;
    wires.push({
      input: pin.name,
      producer: source.node,
      slot: producer.outputs[source.output].slot,
      held: producer.outScope === 0 && scope !== 0,
      side: sides.find((side) => side.scope === producer.outScope) ?? null,
      conversion: source.conversion,
      acceptsSkipped: pin.acceptsSkipped === true,
      toPath,
      takesFrames: pin.frames === true,
      check,
      plain: source.conversion === null && toPath === null && check === null,
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
  // The value of a graph's input has the type that the node declares, and so is a path when its output is one.
  const isPathInput =
    node.signature.type === 'io/input' && pin.name === 'default' && node.outputTypes[0].kind === 'path';
  if (typeof value !== 'string') return value;
  if (isPathInput) return readablePath(value, options.graphFolder);
  return pathMaker(pin, options)?.(value) ?? value;
}

function pathMaker(pin: InputSignature, { graphFolder, outFolder }: PlanOptions): PlanWire['toPath'] {
  if (pin.type.kind !== 'path') return null;
  return pin.access === 'write' ? (path) => absolutePath(path, outFolder) : (path) => readablePath(path, graphFolder);
}

function slotsToKeep(nodes: readonly PlanNode[], slots: number): Uint8Array {
  const keeps = new Uint8Array(slots);
  for (const { key, outScope, outputs } of nodes) {
    if (key !== null && outScope === 0) for (const { slot } of outputs) keeps[slot] = 1;
  }
  return keeps;
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
