import type { NodeSignature } from '../node-api/signature.ts';
import { autoWirePins } from './auto-wire.ts';
import { type GraphBody, type GraphNode, NODE_ID, type Policy, type Wire } from './document.ts';
import { interfaceName, isGraphInput, isGraphOutput, isWrittenOnly } from './interface.ts';
import { labelsOf, listed } from './labels.ts';
import { nearestName, nearestType } from './nearest-name.ts';
import { graphNameOf } from './nesting.ts';
import { inputIndex, outputIndex } from './pin-index.ts';
import { policyFaults } from './policy.ts';
import type { ProblemList } from './problem-list.ts';

/** Where an input's wire comes from. `broken`: a wire leads there, but from nowhere; what is wrong has been said. */
export type BodySource = { readonly node: number; readonly output: number } | 'broken';

export interface BodyNode {
  readonly node: GraphNode;
  /** Place in the file. */
  readonly path: string;
  /** null for a type that is not installed. */
  readonly signature: NodeSignature | null;
  /** One per input of the signature; null for an input without a wire. */
  readonly sources: (BodySource | null)[];
}

/** One graph of a file with its names resolved to indices. */
export interface ResolvedBody {
  readonly nodes: readonly BodyNode[];
  /** Indices of nodes of which the second starts when the first has ended. */
  readonly after: readonly (readonly [from: number, to: number])[];
}

export interface BodyContext {
  /** Signatures of node types, those of graphs used as nodes among them. */
  signatureOf(type: string): NodeSignature | undefined;
  /** Types to propose for one that is not known. */
  readonly types: () => Iterable<string>;
  /** Place of the body in the file and of its nodes in the graph: '' and '', or `graphs.inner.` and `outer/`. */
  readonly path: string;
  readonly prefix: string;
  readonly problems: ProblemList;
  readonly notes: string[];
}

/** Finds what the ids, types and pins of a body stand for, draws its auto-wires, and reports what stands for nothing. */
export function resolveBody(body: GraphBody, context: BodyContext): ResolvedBody {
  return new BodyResolver(body, context).resolve();
}

interface End {
  readonly node: number;
  /** undefined at the end of an auto-wire. */
  readonly pin: string | undefined;
}

class BodyResolver {
  readonly #body: GraphBody;
  readonly #context: BodyContext;
  readonly #problems: ProblemList;
  readonly #nodes: readonly BodyNode[];
  readonly #byId = new Map<string, number>();
  readonly #labelOf: (index: number) => string;

  constructor(body: GraphBody, context: BodyContext) {
    this.#body = body;
    this.#context = context;
    this.#problems = context.problems;
    this.#nodes = body.nodes.map((node, index) => {
      const signature = context.signatureOf(node.type) ?? null;
      const sources = new Array<BodySource | null>(signature?.inputs.length ?? 0).fill(null);
      return { node, path: `${context.path}nodes[${index}]`, signature, sources };
    });
    this.#labelOf = labelsOf(this.#nodes, titleOf, ({ node }) => node.id);
  }

  resolve(): ResolvedBody {
    this.#checkIds();
    this.#checkInterface();
    for (let index = 0; index < this.#nodes.length; index++) this.#checkNode(this.#nodes[index], index);
    this.#drawWires();
    return { nodes: this.#nodes, after: this.#resolveAfter() };
  }

  #checkIds(): void {
    const duplicates = new Set<string>();
    this.#nodes.forEach(({ node: { id }, path }, index) => {
      const place = { node: this.#context.prefix + id, path: `${path}.id` };
      if (!NODE_ID.test(id)) {
        const message = `The node id ${JSON.stringify(id)} has the wrong form: use small letters, digits, _ and -, beginning with a letter.`;
        this.#problems.add('E_GRAPH_INVALID', message, place);
      }
      if (!this.#byId.has(id)) {
        this.#byId.set(id, index);
      } else if (!duplicates.has(id)) {
        duplicates.add(id);
        this.#problems.add('E_NODE_DUPLICATE', `Several nodes have the id "${id}": rename all but one of them.`, place);
      }
    });
  }

  #checkInterface(): void {
    for (const [word, isOfKind] of [['inputs', isGraphInput] as const, ['outputs', isGraphOutput] as const]) {
      const names = new Set<string>();
      for (const { node, path } of this.#nodes) {
        if (!isOfKind(node)) continue;
        const name = interfaceName(node);
        const place = { node: this.#context.prefix + node.id, pin: 'name', path: `${path}.params.name` };
        if (node.params?.name === '') {
          this.#problems.add('E_GRAPH_INVALID', `The name of ${node.id} is empty: give it one.`, place);
        } else if (name !== undefined && names.has(name)) {
          const message = `Two ${word} of the graph are called "${name}": rename one of them.`;
          this.#problems.add('E_GRAPH_INVALID', message, place);
        }
        if (name !== undefined) names.add(name);
      }
    }
  }

  #checkNode({ node, path, signature }: BodyNode, index: number): void {
    if (node.policy !== undefined) this.#checkPolicy(index, node.policy);
    if (signature === null) {
      const near = nearestType(node.type, this.#context.types());
      const todo =
        near === undefined ? 'install the package that has it, or replace the node.' : `did you mean ${near}?`;
      const message = `The node type ${JSON.stringify(node.type)} of ${node.id} is not installed: ${todo}`;
      this.#problems.add('E_NODE_UNKNOWN', message, { node: this.#context.prefix + node.id, path: `${path}.type` });
      return;
    }
    if (node.params === undefined) return;
    for (const name of Object.keys(node.params)) {
      if (inputIndex(signature, name) !== undefined) continue;
      const place = { node: this.#context.prefix + node.id, pin: name, path: `${path}.params.${name}` };
      this.#problems.add('E_PARAM_UNKNOWN', this.#noSuchPin(index, 'input', name), place);
    }
  }

  #checkPolicy(index: number, policy: Policy): void {
    const { node, path } = this.#nodes[index];
    const place = { node: this.#context.prefix + node.id, path: `${path}.policy` };
    if (graphNameOf(node.type) !== undefined) {
      const message = `${this.#labelOf(index)} is a graph used as a node, which has no policy: give one to the nodes inside it.`;
      this.#problems.add('E_POLICY', message, place);
      return;
    }
    for (const fault of policyFaults(policy)) {
      this.#problems.add('E_POLICY', `The policy of ${this.#labelOf(index)} is out of range: ${fault}.`, place);
    }
  }

  #drawWires(): void {
    const autoWires: { from: number; to: number }[] = [];
    (this.#body.wires ?? []).forEach((wire, index) => {
      const path = `${this.#context.path}wires[${index}]`;
      const from = this.#endOf(wire.from, 'A wire begins at', path, 'from');
      const to = this.#endOf(wire.to, 'A wire ends at', path, 'to');
      if (to === null) return;
      if (from !== null && (from.pin === undefined) !== (to.pin === undefined)) this.#reportHalfWire(wire, path);
      else if (to.pin !== undefined) this.#drawWire(from, to.node, to.pin, path);
      else if (from !== null) autoWires.push({ from: from.node, to: to.node });
    });
    const drawn = new Set<string>();
    for (const { from, to } of autoWires) this.#drawAutoWire(from, to, drawn);
  }

  #drawWire(from: End | null, to: number, pin: string, path: string): void {
    const node = this.#nodes[to];
    const source = from?.pin === undefined ? 'broken' : this.#sourceOf(from.node, from.pin, path);
    if (node.signature === null) return;
    const input = inputIndex(node.signature, pin);
    if (input !== undefined && node.sources[input] === null && !isWrittenOnly(node.signature, pin)) {
      node.sources[input] = source;
      return;
    }
    const place = { node: this.#context.prefix + node.node.id, pin, path: `${path}.to` };
    if (input === undefined) {
      this.#problems.add('E_PIN_UNKNOWN', this.#noSuchPin(to, 'input', pin), place);
    } else if (isWrittenOnly(node.signature, pin)) {
      const message = `"${pin}" of ${this.#labelOf(to)} is written in the node and cannot be wired: remove the wire.`;
      this.#problems.add('E_GRAPH_INVALID', message, place);
    } else {
      const message = `Two wires end at "${pin}" of ${this.#labelOf(to)}: remove one of them.`;
      this.#problems.add('E_PIN_OCCUPIED', message, place);
    }
  }

  #sourceOf(index: number, pin: string, path: string): BodySource {
    const { node, signature } = this.#nodes[index];
    if (signature === null) return 'broken';
    const output = outputIndex(signature, pin);
    if (output !== undefined) return { node: index, output };
    const place = { node: this.#context.prefix + node.id, pin, path: `${path}.from` };
    this.#problems.add('E_PIN_UNKNOWN', this.#noSuchPin(index, 'output', pin), place);
    return 'broken';
  }

  #drawAutoWire(from: number, to: number, drawn: Set<string>): void {
    const source = this.#nodes[from].signature;
    const { signature, sources } = this.#nodes[to];
    if (source === null || signature === null) return;
    const connected: string[] = [];
    for (const { output, input } of autoWirePins(source, signature)) {
      const { name } = signature.inputs[input];
      const key = `${to}.${name}`;
      if (sources[input] === null) {
        sources[input] = { node: from, output };
        drawn.add(key);
        connected.push(name);
      } else if (drawn.has(key)) {
        const pin = `"${name}" of ${this.#labelOf(to)}`;
        this.#context.notes.push(
          `${pin} is already taken by an earlier wire, not by the one from ${this.#labelOf(from)}.`,
        );
      }
    }
    const pins = connected.length === 0 ? 'no pins' : listed(connected);
    this.#context.notes.push(`The wire from ${this.#labelOf(from)} to ${this.#labelOf(to)} connects ${pins}.`);
  }

  #resolveAfter(): [number, number][] {
    return (this.#body.after ?? []).flatMap((edge, index) => {
      const path = `${this.#context.path}after[${index}]`;
      const from = this.#nodeCalled(edge.from, 'An "after" begins at', path, 'from');
      const to = this.#nodeCalled(edge.to, 'An "after" ends at', path, 'to');
      return from === undefined || to === undefined ? [] : [[from, to]];
    });
  }

  /** null: the end leads nowhere. */
  #endOf(text: string, what: string, path: string, key: 'from' | 'to'): End | null {
    const dot = text.indexOf('.');
    if (dot === 0 || dot === text.length - 1 || text.indexOf('.', dot + 1) > dot) {
      const message = `${what} ${JSON.stringify(text)}, which has the wrong form: write the node's id, a dot and the pin.`;
      this.#problems.add('E_GRAPH_INVALID', message, { path: `${path}.${key}` });
      return null;
    }
    const node = this.#nodeCalled(dot === -1 ? text : text.slice(0, dot), what, path, key);
    return node === undefined ? null : { node, pin: dot === -1 ? undefined : text.slice(dot + 1) };
  }

  #nodeCalled(id: string, what: string, path: string, key: 'from' | 'to'): number | undefined {
    const index = this.#byId.get(id);
    if (index !== undefined) return index;
    const near = nearestName(id, this.#byId.keys());
    const todo = near === undefined ? 'remove it or correct the id.' : `did you mean "${near}"?`;
    const message = `${what} ${JSON.stringify(id)}, but no node has this id: ${todo}`;
    this.#problems.add('E_WIRE_NODE', message, { path: `${path}.${key}` });
    return undefined;
  }

  #reportHalfWire(wire: Wire, path: string): void {
    const message = `The wire from ${JSON.stringify(wire.from)} to ${JSON.stringify(wire.to)} names a pin at one end only: name one at both ends, or at neither.`;
    this.#problems.add('E_GRAPH_INVALID', message, { path });
  }

  #noSuchPin(index: number, kind: 'input' | 'output', pin: string): string {
    const { signature } = this.#nodes[index];
    const names = (kind === 'input' ? signature?.inputs : signature?.outputs)?.map(({ name }) => name) ?? [];
    const label = this.#labelOf(index);
    if (names.length === 0) return `${label} has no ${kind} "${pin}", nor any other: remove it.`;
    const near = nearestName(pin, names);
    const todo = near === undefined ? 'use one of these.' : `did you mean "${near}"?`;
    const shown = names.length <= MAX_LISTED ? listed(names) : `${names.slice(0, MAX_LISTED).join(', ')} …`;
    return `${label} has no ${kind} "${pin}", only ${shown}: ${todo}`;
  }
}

function titleOf({ node, signature }: BodyNode): string {
  return node.ui?.title ?? signature?.title ?? node.id;
}

/** Pins that a sentence lists. */
const MAX_LISTED = 20;
