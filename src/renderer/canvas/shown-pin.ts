import type { Wire } from '../../shared/graph/document.ts';
import { isWrittenOnly } from '../../shared/graph/interface.ts';
import type { InputSignature, NodeSignature } from '../../shared/node-api/signature.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import { colourOf, formOf, type PinForm, typeBeside } from './pin-look.ts';

/** A pin as the canvas shows it. */
export interface ShownPin {
  readonly name: string;
  readonly side: 'input' | 'output';
  readonly description: string | null;
  readonly form: PinForm;
  /** A CSS colour of the theme. */
  readonly colour: string;
  /** Type and known shape, as it stands beside the label. */
  readonly typeText: string;
  readonly isConnected: boolean;
  /** False for pins that are only ever written in the node. */
  readonly canConnect: boolean;
  /** The declaration of an input that a literal can be written for. */
  readonly field: InputSignature | null;
  /** False for a pin that a wire names but the node does not have. */
  readonly isKnown: boolean;
}

/** What is needed to show the pins of a body. */
export interface PinContext {
  readonly wires: WireEnds;
  /** The types that flow out of a node, after checking. */
  typesOf(node: string): FlowingTypes | undefined;
}

export interface FlowingTypes {
  readonly outputs: ReadonlyMap<string, PinType>;
  /** Its outputs give the items of a stream. */
  readonly givesItems: boolean;
}

/** Which pins of each node wires lead to: output by input, and the outputs that are used. */
export interface WireEnds {
  readonly inputs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>;
}

export function wireEnds(wires: readonly Wire[]): WireEnds {
  const inputs = new Map<string, Map<string, string>>();
  const outputs = new Map<string, Set<string>>();
  for (const { from, to } of wires) {
    const [fromNode, fromPin] = from.split('.');
    const [toNode, toPin] = to.split('.');
    if (fromPin === undefined || toPin === undefined) continue;
    const into = inputs.get(toNode) ?? new Map<string, string>();
    inputs.set(toNode, into.set(toPin, from));
    const outOf = outputs.get(fromNode) ?? new Set<string>();
    outputs.set(fromNode, outOf.add(fromPin));
  }
  return { inputs, outputs };
}

export function inputPins(node: string, signature: NodeSignature | null, context: PinContext): ShownPin[] {
  const wired = context.wires.inputs.get(node);
  const pins = (signature?.inputs ?? []).map((input): ShownPin => {
    const source = wired?.get(input.name);
    const [type, isItem] = (source === undefined ? undefined : typeAt(source, context)) ?? [
      declaredType(input.type),
      false,
    ];
    return {
      name: input.name,
      side: 'input',
      description: input.description ?? null,
      form: formOf(type, isItem),
      colour: colourOf(type),
      typeText: typeBeside(input.name, type),
      isConnected: source !== undefined,
      canConnect: signature === null || !isWrittenOnly(signature, input.name),
      field: hasLiteral(declaredType(input.type)) ? input : null,
      isKnown: true,
    };
  });
  const known = new Set(pins.map(({ name }) => name));
  for (const name of wired?.keys() ?? []) if (!known.has(name)) pins.push(unknownPin(name, 'input'));
  return pins;
}

export function outputPins(node: string, signature: NodeSignature | null, context: PinContext): ShownPin[] {
  const wired = context.wires.outputs.get(node);
  const flowing = context.typesOf(node);
  const pins = (signature?.outputs ?? []).map(({ name, type: rule, description }): ShownPin => {
    const type = flowing?.outputs.get(name) ?? declaredType(rule);
    return {
      name,
      side: 'output',
      description: description ?? null,
      form: formOf(type, flowing?.givesItems ?? signature?.body === 'source'),
      colour: colourOf(type),
      typeText: typeBeside(name, type),
      isConnected: wired?.has(name) ?? false,
      canConnect: true,
      field: null,
      isKnown: true,
    };
  });
  const known = new Set(pins.map(({ name }) => name));
  for (const name of wired ?? []) if (!known.has(name)) pins.push(unknownPin(name, 'output'));
  return pins;
}

function typeAt(output: string, context: PinContext): [PinType, boolean] | undefined {
  const [node, pin] = output.split('.');
  const flowing = context.typesOf(node);
  const type = flowing?.outputs.get(pin);
  return flowing === undefined || type === undefined ? undefined : [type, flowing.givesItems];
}

function unknownPin(name: string, side: 'input' | 'output'): ShownPin {
  return {
    name,
    side,
    description: null,
    form: 'circle',
    colour: 'var(--pin-any)',
    typeText: '',
    isConnected: true,
    canConnect: true,
    field: null,
    isKnown: false,
  };
}

function hasLiteral({ kind }: PinType): boolean {
  return LITERAL_KINDS.has(kind);
}

const LITERAL_KINDS: ReadonlySet<PinType['kind']> = new Set([
  'number',
  'integer',
  'boolean',
  'enum',
  'string',
  'path',
  'colour',
  'json',
] as const);

export function samePins(a: readonly ShownPin[], b: readonly ShownPin[]): boolean {
  return (
    a.length === b.length &&
    a.every((pin, index) => {
      const other = b[index];
      return (
        pin.name === other.name &&
        pin.form === other.form &&
        pin.colour === other.colour &&
        pin.typeText === other.typeText &&
        pin.isConnected === other.isConnected &&
        pin.isKnown === other.isKnown
      );
    })
  );
}
