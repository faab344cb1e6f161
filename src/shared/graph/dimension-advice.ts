import type { JsonValue } from '../node-api/pins.ts';
import { dimsOf } from '../types/assignability.ts';
import { checkLiteral } from '../types/literal.ts';
import type { PinType, PinTypeRule } from '../types/pin-type.ts';
import { declaredType } from '../types/type-flow.ts';
import { knownValue } from './flow-graph.ts';
import { GRAPH_INPUT, interfaceName } from './interface.ts';
import { listed } from './labels.ts';
import type { LinkedGraph, LinkedNode, Origin } from './link.ts';
import { inputIndex } from './pin-index.ts';

/**
 * Where shapes differ: which values to set, and to what, so that `given` becomes `needed`, as `set Letterbox to 640`.
 * null when some dimension is not simply the value of a pin of a node upstream.
 */
export function dimensionAdvice(
  graph: LinkedGraph,
  origin: Extract<Origin, { from: 'wire' }>,
  given: PinType,
  needed: PinType,
): string | null {
  const givenDims = dimsOf(given);
  const neededDims = dimsOf(needed);
  if (given.kind !== needed.kind || givenDims === null || givenDims.length !== neededDims?.length) return null;
  const settings: Setting[] = [];
  for (const [axis, value] of neededDims.entries()) {
    if (typeof value !== 'number' || typeof givenDims[axis] !== 'number' || value === givenDims[axis]) continue;
    const setting = findSetting(graph, origin, axis, value);
    if (setting === null) return null;
    settings.push(setting);
  }
  return settings.length === 0 ? null : describeSettings(settings);
}

interface Setting {
  readonly label: string;
  /** null for an input of the graph, which has one value. */
  readonly pin: string | null;
  readonly value: number;
}

function describeSettings(settings: readonly Setting[]): string {
  const [{ label, value }] = settings;
  if (settings.length > 1 && settings.every((setting) => setting.label === label && setting.value === value)) {
    return `set ${label} to ${value}`;
  }
  return `set ${listed(settings.map(({ label, pin, value }) => `${pin === null ? label : `${pin} of ${label}`} to ${value}`))}`;
}

/** Follows one axis upstream to the pin whose number it is. Each step goes to an earlier node, so it ends. */
function findSetting(
  graph: LinkedGraph,
  start: Extract<Origin, { from: 'wire' }>,
  startAxis: number,
  value: number,
): Setting | null {
  let at: { node: number; output: number; axis: number } | null = { ...start, axis: startAxis };
  while (at !== null) {
    const node: LinkedNode = graph.nodes[at.node];
    const { signature, origins } = node;
    const step = traceAxis(signature.outputs[at.output].type, at.axis, (pin) => knownAt(graph, node, pin));
    if (step === null) return null;
    if ('pin' in step) {
      const input = inputIndex(signature, step.pin);
      at = input === undefined ? null : continueAt(origins[input], step.axis);
      continue;
    }
    const input = inputIndex(signature, step.symbol);
    if (input !== undefined) return settingAt(graph, at.node, input, value);
    at = continueBySymbol(graph, at.node, step.symbol);
  }
  return null;
}

/** An axis of an output is an axis of what arrives at a pin, or a symbol. */
type AxisOrigin = { readonly pin: string; readonly axis: number } | { readonly symbol: string } | null;

function traceAxis(rule: PinTypeRule, axis: number, valueAt: (pin: string) => JsonValue | undefined): AxisOrigin {
  switch (rule.kind) {
    case 'same-as':
    case 'cast':
      return { pin: rule.pin, axis };
    case 'batched':
      return axis === 0 ? null : { pin: rule.pin, axis: axis - 1 };
    case 'permuted': {
      const order = valueAt(rule.order);
      const from = Array.isArray(order) ? order[axis] : undefined;
      return typeof from === 'number' ? { pin: rule.pin, axis: from } : null;
    }
    case 'frame-or':
      return traceAxis(rule.otherwise, axis, valueAt);
    case 'chosen-by': {
      const choice = valueAt(rule.pin);
      if (typeof choice !== 'string' || !Object.hasOwn(rule.types, choice)) return null;
      return traceAxis(rule.types[choice], axis, valueAt);
    }
    default: {
      const dim = dimsOf(declaredType(rule))?.[axis];
      return typeof dim === 'string' ? { symbol: dim } : null;
    }
  }
}

function knownAt(graph: LinkedGraph, { signature, origins }: LinkedNode, pin: string): JsonValue | undefined {
  const input = inputIndex(signature, pin);
  return input === undefined ? undefined : knownValue(graph.nodes, origins[input]);
}

function continueAt(origin: Origin, axis: number): { node: number; output: number; axis: number } | null {
  return origin.from === 'wire' ? { node: origin.node, output: origin.output, axis } : null;
}

/** The symbol was bound by the shape that arrived at some input. */
function continueBySymbol(graph: LinkedGraph, node: number, symbol: string) {
  const { signature, origins } = graph.nodes[node];
  for (const [input, { type }] of signature.inputs.entries()) {
    const axis = dimsOf(declaredType(type))?.indexOf(symbol) ?? -1;
    if (axis !== -1) return continueAt(origins[input], axis);
  }
  return null;
}

function settingAt(graph: LinkedGraph, node: number, input: number, value: number): Setting | null {
  const { signature, origins } = graph.nodes[node];
  const pin = signature.inputs[input];
  const origin = origins[input];
  if (!checkLiteral(value, declaredType(pin.type), pin).ok) return null;
  if (origin.from === 'literal' || origin.from === 'default')
    return { label: graph.labelOf(node), pin: pin.name, value };
  if (origin.from !== 'wire') return null;
  const source = graph.nodes[origin.node];
  if (source.signature.type !== GRAPH_INPUT) return null;
  return { label: `the graph input "${interfaceName(source.flat.node) ?? source.flat.id}"`, pin: null, value };
}
