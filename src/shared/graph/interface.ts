import type { JsonValue } from '../node-api/pins.ts';
import type { InputSignature, NodeSignature, OutputSignature } from '../node-api/signature.ts';
import type { PinType } from '../types/pin-type.ts';
import { parsePinType } from '../types/pin-type-text.ts';
import { declaredType } from '../types/type-flow.ts';
import { GRAPH_TYPE, type GraphBody, type GraphNode } from './document.ts';

/** Node types by which a graph says what it takes and gives, without their version. */
export const GRAPH_INPUT = 'io/input';
export const GRAPH_OUTPUT = 'io/output';

export function isGraphInput({ type }: GraphNode): boolean {
  return type.startsWith('io/input@');
}

export function isGraphOutput({ type }: GraphNode): boolean {
  return type.startsWith('io/output@');
}

/** The name under which a graph's input or output is known; undefined while none is written. */
export function interfaceName(node: GraphNode): string | undefined {
  const name = node.params?.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Pins that say what the graph's interface is, and so are written in the node and never wired. */
export function isWrittenOnly(signature: NodeSignature, pin: string): boolean {
  return signature.type === GRAPH_INPUT || (signature.type === GRAPH_OUTPUT && pin === 'name');
}

/** The pins that a graph shows as a node: its `io/input` and `io/output` nodes, in the order of the file. */
export function graphSignature(
  name: string,
  body: GraphBody,
  catalogue: (id: string) => NodeSignature | undefined,
): NodeSignature {
  const inputs = new Map<string, InputSignature>();
  const outputs = new Map<string, OutputSignature>();
  for (const node of body.nodes) {
    const pin = interfaceName(node);
    if (pin === undefined) continue;
    if (isGraphInput(node) && !inputs.has(pin)) inputs.set(pin, inputPin(pin, node));
    if (isGraphOutput(node) && !outputs.has(pin)) {
      outputs.set(pin, { name: pin, type: typeOfOutput(node, body, catalogue) });
    }
  }
  const type = `${GRAPH_TYPE}${name}`;
  return {
    id: type,
    type,
    version: 1,
    category: 'graph',
    title: body.name ?? name,
    summary: body.description ?? '',
    keywords: [],
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
    body: 'run',
    effects: null,
  };
}

function inputPin(name: string, node: GraphNode): InputSignature {
  const value: JsonValue | undefined = node.params?.default;
  const type = typeOfInput(node);
  return value === undefined ? { name, type } : { name, type, default: value };
}

function typeOfInput(node: GraphNode): PinType {
  const text = node.params?.type;
  const parsed = typeof text === 'string' ? parsePinType(text) : null;
  return parsed?.ok ? parsed.type : { kind: 'any' };
}

/** What the node before an output declares to give; `any` where only the types that flow can tell. */
function typeOfOutput(
  output: GraphNode,
  body: GraphBody,
  catalogue: (id: string) => NodeSignature | undefined,
): PinType {
  const wire = body.wires?.find(({ to }) => to === `${output.id}.value`);
  const [id, pin] = wire?.from.split('.') ?? [];
  const source = id === undefined ? undefined : body.nodes.find((node) => node.id === id);
  if (source === undefined) return { kind: 'any' };
  if (isGraphInput(source)) return typeOfInput(source);
  const given = catalogue(source.type)?.outputs.find(({ name }) => name === pin);
  return given === undefined ? { kind: 'any' } : declaredType(given.type);
}
