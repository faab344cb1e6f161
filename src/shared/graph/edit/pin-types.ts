import type { NodeSignature } from '../../node-api/signature.ts';
import { assignability, type Conversion } from '../../types/assignability.ts';
import type { PinType } from '../../types/pin-type.ts';
import { type Arriving, declaredType, flowTypes, type ModelSignatures, type TypeFlow } from '../../types/type-flow.ts';
import { refusal } from '../check-inputs.ts';
import { dimensionAdvice } from '../dimension-advice.ts';
import type { Graph } from '../document.ts';
import { type FlatGraph, type FlatNode, flatten } from '../flatten.ts';
import { flowGraph, knownValue } from '../flow-graph.ts';
import { isWrittenOnly } from '../interface.ts';
import { labelsOf } from '../labels.ts';
import { type LinkedGraph, link, type PinFollower, pinFollower } from '../link.ts';
import { inputIndex, outputIndex } from '../pin-index.ts';
import { ProblemList } from '../problem-list.ts';
import { type BodyName, GraphDraft } from './graph-draft.ts';
import { noSuchNode, type Refusal } from './outcome.ts';
import type { PinEnd } from './pin-end.ts';
import { reach } from './reach.ts';

/** What is known of node types and model files, as `checkGraph` takes it. */
export interface NodeTypes {
  catalogue(id: string): NodeSignature | undefined;
  readonly modelSignature?: ModelSignatures;
}

/** Whether a wire may be drawn, and the work it would do. */
export type WireVerdict = { readonly ok: true; readonly conversion: Conversion | null } | Refusal;

/**
 * The types of all pins of one graph of a document, after types have flowed, and by them which wires may be drawn. Made
 * in one pass over the graph; then a verdict is cheap enough to ask for every pin while a wire is dragged.
 */
export class PinTypes {
  readonly #graph: Graph;
  readonly #types: NodeTypes;
  readonly #flat: FlatGraph;
  readonly #follower: PinFollower;
  readonly #problems = new ProblemList();
  readonly #byId = new Map<string, number>();
  readonly #linked: LinkedGraph;
  readonly #linkedAt = new Map<FlatNode, number>();
  readonly #flows: readonly TypeFlow[];
  readonly #labelOf: (index: number) => string;
  #before: Reached | null = null;
  #behind: Reached | null = null;

  constructor(document: Graph, name: BodyName, types: NodeTypes) {
    const { weft, graphs } = document;
    // A graph used as a node is judged by itself, for what goes into it differs from node to node.
    this.#graph = { ...new GraphDraft(document).bodyOf(name), weft, graphs };
    this.#types = types;
    this.#flat = flatten(this.#graph, {
      catalogue: (id) => types.catalogue(id),
      types: () => [],
      inputs: {},
      problems: this.#problems,
      notes: [],
    });
    this.#follower = pinFollower(this.#flat);
    // Nodes of the graph itself come before those of the graphs used in it, and keep their places.
    const own = this.#flat.nodes.slice(0, this.#graph.nodes.length);
    own.forEach(({ id }, index) => {
      if (!this.#byId.has(id)) this.#byId.set(id, index);
    });
    this.#linked = link(this.#flat, this.#problems);
    this.#linked.nodes.forEach((node, index) => {
      this.#linkedAt.set(node.flat, index);
    });
    this.#flows = flowGraph(this.#linked.nodes, types.modelSignature);
    this.#labelOf = labelsOf(
      own,
      ({ title }) => title,
      ({ id }) => id,
    );
  }

  /** undefined for a node that is not there, or whose type is not installed. */
  signature(id: string): NodeSignature | undefined {
    return this.#find(id)?.signature;
  }

  /** What sentences call a node: its title, with the id where several have the same. */
  label(id: string): string {
    const index = this.#byId.get(id);
    return index === undefined ? id : this.#labelOf(index);
  }

  /** What an output gives. */
  output({ node, pin }: PinEnd): PinType | undefined {
    const found = this.#find(node);
    const index = found && outputIndex(found.signature, pin);
    if (found === undefined || index === undefined) return undefined;
    return (
      found.flow?.outputs[index] ??
      this.#typeBehind(found.index, index) ??
      declaredType(found.signature.outputs[index].type)
    );
  }

  /** What an input needs. */
  input({ node, pin }: PinEnd): PinType | undefined {
    const found = this.#find(node);
    const index = found && inputIndex(found.signature, pin);
    if (found === undefined || index === undefined) return undefined;
    return found.flow?.inputs[index] ?? declaredType(found.signature.inputs[index].type);
  }

  /** Whether a wire may go from an output to an input; what the input is wired to now does not matter. */
  verdict(from: PinEnd, to: PinEnd): WireVerdict {
    const needs = this.#find(to.node);
    const given = this.output(from);
    if (given === undefined) return this.#noPin(from, 'output');
    const input = needs && inputIndex(needs.signature, to.pin);
    if (needs === undefined || input === undefined) return this.#noPin(to, 'input');
    if (isWrittenOnly(needs.signature, to.pin)) {
      return refused(
        `"${to.pin}" of ${this.label(to.node)} is written in the node: set it there instead of wiring it.`,
      );
    }
    if (this.#isBefore(to.node, from.node)) return this.#circle(from, to);
    const arriving = this.#arrivingAt(to.node, needs.signature);
    const flow = flowTypes(needs.signature, arriving.with(input, { type: given }), this.#types.modelSignature);
    const verdict = flow.verdicts[input];
    // A verdict is only left out where no type arrives.
    if (verdict === null || verdict.ok) return { ok: true, conversion: verdict?.conversion ?? null };
    const needed = flow.inputs[input];
    const advice = this.#advice(from, given, needed) ?? verdict.advice;
    return refused(refusal({ needs: this.label(to.node), gives: this.label(from.node) }, needed, given, advice));
  }

  /**
   * The input of a node not yet in the graph that a wire from this output would go to: one of the output's name, else
   * one that has to be wired, else the first that fits; undefined when none does.
   */
  inputFor(from: PinEnd, signature: NodeSignature): string | undefined {
    const given = this.output(from);
    if (given === undefined) return undefined;
    const nothing = signature.inputs.map(({ default: value }): Arriving => ({ type: null, value }));
    const fitting = signature.inputs.filter(({ name }, index) => {
      if (isWrittenOnly(signature, name)) return false;
      return flowTypes(signature, nothing.with(index, { type: given })).verdicts[index]?.ok === true;
    });
    const isRequired = (pin: (typeof fitting)[number]) => pin.optional !== true && pin.default === undefined;
    return (fitting.find(({ name }) => name === from.pin) ?? fitting.find(isRequired) ?? fitting[0])?.name;
  }

  /** The output of a node not yet in the graph that a wire to this input would come from. */
  outputFor(to: PinEnd, signature: NodeSignature): string | undefined {
    const needed = this.input(to);
    if (needed === undefined) return undefined;
    const nothing = signature.inputs.map(({ default: value }): Arriving => ({ type: null, value }));
    const { outputs } = flowTypes(signature, nothing);
    const fitting = signature.outputs.filter((_, index) => assignability(outputs[index], needed).ok);
    return (fitting.find(({ name }) => name === to.pin) ?? fitting[0])?.name;
  }

  /** Why a bypassed node cannot be: the sentence of the check. */
  bypassProblem(id: string): string | undefined {
    return this.#problems.all.find(({ code, node }) => code === 'E_BYPASS' && node === id)?.message;
  }

  /** `flow` is undefined for a node that does not run itself: a bypassed one, or a graph used as a node. */
  #find(id: string): { index: number; signature: NodeSignature; flow: TypeFlow | undefined } | undefined {
    const index = this.#byId.get(id);
    const signature = index === undefined ? null : this.#flat.nodes[index].signature;
    if (index === undefined || signature === null) return undefined;
    return { index, signature, flow: this.#flowOf(index) };
  }

  #flowOf(index: number): TypeFlow | undefined {
    const at = this.#linkedAt.get(this.#flat.nodes[index]);
    return at === undefined ? undefined : this.#flows[at];
  }

  /** What an output of a node that does not run itself stands for. */
  #typeBehind(node: number, output: number): PinType | undefined {
    const origin = this.#follower.follow({ node, output });
    return 'from' in origin ? undefined : this.#flowOf(origin.node)?.outputs[origin.output];
  }

  /** What the other inputs of a node get, for they may say what shape this one needs. */
  #arrivingAt(id: string, signature: NodeSignature): Arriving[] {
    const index = this.#byId.get(id);
    const at = index === undefined ? undefined : this.#linkedAt.get(this.#flat.nodes[index]);
    if (at === undefined) return signature.inputs.map(() => ({ type: null }));
    const { nodes } = this.#linked;
    return nodes[at].origins.map((origin) => ({
      type: origin.from === 'wire' ? this.#flows[origin.node].outputs[origin.output] : null,
      value: knownValue(nodes, origin),
    }));
  }

  #advice(from: PinEnd, given: PinType, needed: PinType): string | null {
    const index = this.#byId.get(from.node);
    const node = index === undefined ? undefined : this.#linkedAt.get(this.#flat.nodes[index]);
    const output = node === undefined ? undefined : outputIndex(this.#linked.nodes[node].signature, from.pin);
    if (node === undefined || output === undefined) return null;
    return dimensionAdvice(this.#linked, { from: 'wire', node, output }, given, needed);
  }

  /** Remembers both ends, for while a wire is dragged one of them stays the same. */
  #isBefore(first: string, second: string): boolean {
    if (this.#behind?.id === first) return this.#behind.ids.has(second);
    if (this.#before?.id === second) return this.#before.ids.has(first);
    this.#behind = { id: first, ids: reach(this.#graph, [first], 'downstream') };
    this.#before = { id: second, ids: reach(this.#graph, [second], 'upstream') };
    return this.#before.ids.has(first);
  }

  #circle(from: PinEnd, to: PinEnd): Refusal {
    const gives = this.label(from.node);
    if (from.node === to.node)
      return refused(`A wire from ${gives} to itself would be a circle: wire it to another node.`);
    return refused(
      `${gives} already waits for ${this.label(to.node)}, so this wire would close a circle: wire it to another node.`,
    );
  }

  #noPin({ node, pin }: PinEnd, kind: 'input' | 'output'): Refusal {
    if (!this.#byId.has(node)) return noSuchNode(node);
    if (this.#find(node) === undefined) {
      return refused(
        `The type of ${node} is not installed, so its pins are not known: install it or replace the node.`,
      );
    }
    return refused(`${this.label(node)} has no ${kind} "${pin}": choose one that it has.`);
  }
}

interface Reached {
  readonly id: string;
  readonly ids: ReadonlySet<string>;
}

function refused(reason: string): Refusal {
  return { ok: false, reason };
}
