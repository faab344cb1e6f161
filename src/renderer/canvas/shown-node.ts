import type { Problem } from '../../shared/graph/checked-graph.ts';
import type { GraphNode, Wire } from '../../shared/graph/document.ts';
import { interfaceName, isGraphInput, isGraphOutput, isWrittenOnly } from '../../shared/graph/interface.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import type { InputSignature, NodeSignature } from '../../shared/node-api/signature.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import { layOutNode, type NodeLayout } from './node-layout.ts';
import type { NodeTypes } from './node-types.ts';
import { colourOf, formOf, type PinForm, typeBeside } from './pin-look.ts';

/** A node as the canvas shows it: all that is known of it, save what changes while it runs. */
export interface ShownNode {
  readonly node: GraphNode;
  /** Null for a type that is not installed; its pins are those that wires lead to. */
  readonly signature: NodeSignature | null;
  readonly category: string;
  /** The person's name for it, or that of its type. */
  readonly title: string;
  /** Name of the type, where the title says something else. */
  readonly typeTitle: string | null;
  readonly inputs: readonly ShownPin[];
  readonly outputs: readonly ShownPin[];
  /** What is wrong with it, in sentences. */
  readonly problems: readonly string[];
  /** The sentence that stands in the node itself. */
  readonly message: string | null;
  readonly hasFailed: boolean;
  readonly layout: NodeLayout;
}

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

/** What is needed to show the nodes of a body. */
export interface ShowContext {
  readonly nodeTypes: NodeTypes;
  readonly wires: WireEnds;
  problemsOf(node: string): readonly Problem[];
  /** The error of the last run. */
  failureOf(node: string): string | null;
  /** Whether the node has room for a viewer. */
  hasViewer(node: GraphNode, signature: NodeSignature | null): boolean;
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

export function showNode(node: GraphNode, context: ShowContext): ShownNode {
  const signature = context.nodeTypes(node.type) ?? null;
  const inputs = inputPins(node, signature, context);
  const outputs = outputPins(node, signature, context);
  const problems = context.problemsOf(node.id);
  const failure = context.failureOf(node.id);
  // A pin that still waits for a wire is no news to somebody who is building: the badge tells it, not the node's body.
  const wrong = problems.find(({ code }) => code !== 'E_PIN_REQUIRED')?.message ?? null;
  const message = failure ?? wrong;
  const typeTitle = signature?.title ?? node.type;
  // What a graph takes and gives is known by its name.
  const title = node.ui?.title ?? interfaceTitle(node) ?? typeTitle;
  return {
    node,
    signature,
    category: graphNameOf(node.type) === undefined ? node.type.slice(0, node.type.indexOf('/')) : 'graph',
    title,
    typeTitle: title === typeTitle ? null : typeTitle,
    inputs,
    outputs,
    problems: problems.map(({ message }) => message),
    message,
    hasFailed: failure !== null,
    layout: layOutNode({
      inputs,
      outputs,
      hasMessage: message !== null,
      hasViewer: context.hasViewer(node, signature),
      isCollapsed: node.ui?.collapsed === true,
      size: node.ui?.size,
    }),
  };
}

function interfaceTitle(node: GraphNode): string | undefined {
  return isGraphInput(node) || isGraphOutput(node) ? interfaceName(node) : undefined;
}

/** Shows the nodes again, with the very objects of before for those that look the same. */
export function showNodes(
  nodes: readonly GraphNode[],
  context: ShowContext,
  before: ReadonlyMap<string, ShownNode>,
): Map<string, ShownNode> {
  const shown = new Map<string, ShownNode>();
  for (const node of nodes) {
    // Of two nodes with one id, which is a mistake that is told, wires lead to the first.
    if (shown.has(node.id)) continue;
    const now = showNode(node, context);
    const then = before.get(node.id);
    shown.set(node.id, then !== undefined && looksSame(then, now) ? then : now);
  }
  return shown;
}

function inputPins(node: GraphNode, signature: NodeSignature | null, context: ShowContext): ShownPin[] {
  const wired = context.wires.inputs.get(node.id);
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

function outputPins(node: GraphNode, signature: NodeSignature | null, context: ShowContext): ShownPin[] {
  const wired = context.wires.outputs.get(node.id);
  const flowing = context.typesOf(node.id);
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

function typeAt(output: string, context: ShowContext): [PinType, boolean] | undefined {
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

/** Everything but the layout, which follows from the rest. */
function looksSame(a: ShownNode, b: ShownNode): boolean {
  return (
    a.node === b.node &&
    a.signature === b.signature &&
    a.message === b.message &&
    a.hasFailed === b.hasFailed &&
    a.layout.viewerHeight === b.layout.viewerHeight &&
    a.problems.length === b.problems.length &&
    a.problems.every((problem, index) => problem === b.problems[index]) &&
    samePins(a.inputs, b.inputs) &&
    samePins(a.outputs, b.outputs)
  );
}

function samePins(a: readonly ShownPin[], b: readonly ShownPin[]): boolean {
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
