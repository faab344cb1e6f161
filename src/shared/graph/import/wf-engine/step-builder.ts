import type { JsonValue } from '../../../node-api/pins.ts';
import type { NodeSignature } from '../../../node-api/signature.ts';
import type { GraphNode } from '../../document.ts';
import type { NodeIds } from './node-ids.ts';
import type { Step, StepInput, StepResult } from './steps.ts';
import type { GivenParams, Kind, Target, Template } from './template.ts';

/** A pin of a node of the graph. */
export interface End {
  readonly node: string;
  readonly pin: string;
}

export interface StepWire {
  readonly from: End;
  readonly to: End;
}

/** What a step has become. */
export interface BuiltStep {
  /** What its outputs are called where they become the graph's. */
  readonly id: string;
  /** None for a step that Weft does without. */
  readonly nodes: readonly GraphNode[];
  /** Those that end at the nodes. */
  readonly wires: readonly StepWire[];
  /** Outputs that are the graph's own where nobody takes anything from their node. */
  readonly outputs: readonly End[];
  /** It is there for other steps only. */
  readonly serves: boolean;
  /** Steps whose results it gets, be it from nodes of these or from where these have them. */
  readonly fedBy: ReadonlySet<number>;
}

/** Before the types of nodes that stand for functions without a counterpart. */
export const FOREIGN = 'wf-engine/';

/** A value as the graph has it: what gives it, or the value itself; null when Weft has none. */
type Value = { readonly end: End } | { readonly literal: JsonValue } | null;

interface PinValue {
  readonly to: End;
  readonly value: NonNullable<Value>;
  /** The step whose result it is. */
  readonly source: number | null;
}

/** Turns steps into nodes and wires. */
export class StepBuilder {
  readonly #steps: readonly Step[];
  readonly #nodeIds: NodeIds;
  readonly #catalogue: (type: string) => NodeSignature | undefined;
  readonly #notes: string[];
  /** By step. */
  readonly #ids: readonly string[];
  /** By step that was built: its template, null for a placeholder, and the ids of its nodes by their names there. */
  readonly #templates: (Template | null)[] = [];
  readonly #names: ReadonlyMap<string, string>[] = [];
  /** By node that was built: its type and the wires that end at it. */
  readonly #placed = new Map<string, { readonly type: string; readonly wires: StepWire[] }>();

  constructor(
    steps: readonly Step[],
    nodeIds: NodeIds,
    catalogue: (type: string) => NodeSignature | undefined,
    notes: string[],
  ) {
    this.#steps = steps;
    this.#nodeIds = nodeIds;
    this.#catalogue = catalogue;
    this.#notes = notes;
    this.#ids = steps.map(({ node }) => nodeIds.take(node.id));
  }

  /** Called for each step once, after the steps that it waits for. */
  build(step: number): BuiltStep {
    const template = this.#steps[step].known?.into(this.#given(step)) ?? null;
    this.#templates[step] = template;
    this.#names[step] = new Map(template?.nodes.map(({ name }) => [name, this.#idOf(step, name)]));
    return template === null ? this.#placeholder(step) : this.#fill(step, template);
  }

  #idOf(step: number, name: string): string {
    return name === '' ? this.#ids[step] : this.#nodeIds.take(`${this.#ids[step]}_${name}`);
  }

  #fill(step: number, template: Template): BuiltStep {
    const { nodes, wires = [], fromBefore = [], outputs = [], note, serves = false } = template;
    const params = new Map<string, Map<string, JsonValue>>();
    for (const { name, type, params: fixed = {} } of nodes) {
      const id = this.#place(step, name, type);
      params.set(id, new Map(Object.entries(fixed)));
    }
    for (const [from, to] of wires) this.#wire(this.#end(step, from), this.#end(step, to));
    const fedBy = new Set<number>();
    for (const { to, value, source } of this.#inputs(step, template)) {
      if (source !== null) fedBy.add(source);
      if ('end' in value) this.#wire(value.end, to);
      else params.get(to.node)?.set(to.pin, value.literal);
    }
    for (const pin of fromBefore) {
      const to = this.#end(step, pin);
      const from = this.#nearest(to.node, pin);
      if (from !== null) this.#wire(from, to);
    }
    if (note !== undefined) this.#notes.push(`"${this.#steps[step].node.id}" is left out, for ${note}.`);
    const ids = [...params.keys()];
    for (const id of ids) for (const { to } of this.#wiresTo(id)) params.get(id)?.delete(to.pin);
    return {
      id: this.#ids[step],
      nodes: [...params].map(([id, literals]) => this.#node(step, id, literals)),
      wires: ids.flatMap((id) => this.#wiresTo(id)),
      outputs: outputs.map((pin) => this.#end(step, pin)),
      serves,
      fedBy,
    };
  }

  /** The node as the workflow has it, value for value, for a function that Weft knows nothing of. */
  #placeholder(step: number): BuiltStep {
    const { node, inputs } = this.#steps[step];
    const name = node.function?.slice(node.function.lastIndexOf('.') + 1) ?? '';
    const id = this.#place(step, '', `${FOREIGN}${name}@1`);
    const params = new Map<string, JsonValue>();
    const fedBy = new Set<number>();
    for (const [param, input] of inputs) {
      const value = this.#valueOf(input);
      if (value !== null && 'step' in input) fedBy.add(input.step);
      if (value === null) this.#notWired(step, param);
      else if ('literal' in value) params.set(param, value.literal);
      // A name with a dot cannot stand in a wire; the reference stays in what is kept.
      else if (!param.includes('.')) this.#wire(value.end, { node: id, pin: param });
    }
    const kept = { ...this.#node(step, id, params), [KEPT]: node.original };
    return { id, nodes: [kept], wires: this.#wiresTo(id), outputs: [], serves: false, fedBy };
  }

  /** Makes room for a node, and gives its id. */
  #place(step: number, name: string, type: string): string {
    const id = this.#names[step].get(name) ?? this.#ids[step];
    this.#placed.set(id, { type, wires: [] });
    return id;
  }

  #node(step: number, id: string, literals: ReadonlyMap<string, JsonValue>): GraphNode {
    const { node } = this.#steps[step];
    const type = this.#placed.get(id)?.type ?? '';
    // An id that a graph does not allow lives on as a title.
    const isRenamed = id === this.#ids[step] && id !== node.id;
    return {
      id,
      type,
      ...(literals.size === 0 ? {} : { params: Object.fromEntries(literals) }),
      ...(isRenamed ? { ui: { title: node.id } } : {}),
    };
  }

  /** What goes to which pins. */
  #inputs(step: number, { params }: Template): PinValue[] {
    const { node, inputs, known } = this.#steps[step];
    for (const param of Object.keys(node.inputs)) {
      if (known?.params.includes(param) === true) continue;
      this.#notes.push(`"${param}" of "${node.id}" is left out, for its function has no such parameter.`);
    }
    return Object.entries(params).flatMap(([param, targets]) => {
      const input = inputs.get(param);
      if (input === undefined) return [];
      if (typeof targets === 'string') {
        if (Object.hasOwn(node.inputs, param)) this.#notes.push(`"${param}" of "${node.id}" is left out: ${targets}.`);
        return [];
      }
      return targets.flatMap(({ pin, kind, as }): PinValue[] => {
        const to = this.#end(step, pin);
        const value = this.#valueOf(input, kind);
        if (value === null) {
          this.#notWired(step, param);
          return [];
        }
        const source = 'step' in input ? input.step : null;
        if ('end' in value) return [{ to, value, source }];
        const literal = weftLiteral(value.literal, as);
        return literal === undefined ? [] : [{ to, value: { literal }, source }];
      });
    });
  }

  #notWired(step: number, param: string): void {
    const note = `"${param}" of "${this.#steps[step].node.id}" is not wired, for Weft has no value for what it takes.`;
    if (!this.#notes.includes(note)) this.#notes.push(note);
  }

  /** The first wire to a pin stays. */
  #wire(from: End, to: End): void {
    const wires = this.#placed.get(to.node)?.wires;
    if (wires?.every((wire) => wire.to.pin !== to.pin)) wires.push({ from, to });
  }

  #wiresTo(node: string): readonly StepWire[] {
    return this.#placed.get(node)?.wires ?? [];
  }

  /** Iterative, for any number of steps that are left out may follow each other. */
  #valueOf(start: StepInput, kind?: Kind): Value {
    for (let input: StepInput | undefined = start; input !== undefined; ) {
      if ('literal' in input) return input;
      const { step, key }: StepResult = input;
      const template = this.#templates[step];
      if (template === null) return key === null ? null : { end: { node: this.#ids[step], pin: key } };
      const ofKind = kind === undefined ? undefined : template.kinds?.[kind];
      const origin = ofKind ?? (key === null ? undefined : template.results[key]);
      if (origin == null) return null;
      if ('value' in origin) return { literal: origin.value };
      if ('pin' in origin) return { end: this.#end(step, origin.pin) };
      input = this.#steps[step].inputs.get(origin.param);
    }
    return null;
  }

  #given(step: number): GivenParams {
    const { inputs } = this.#steps[step];
    return {
      literal: (param) => {
        const input = inputs.get(param);
        const value = input === undefined ? null : this.#valueOf(input);
        return value !== null && 'literal' in value ? value.literal : undefined;
      },
      has: (param) => inputs.has(param),
      gets: (param, kind) => {
        const input = inputs.get(param);
        return input !== undefined && 'step' in input && this.#valueOf({ ...input, key: null }, kind) !== null;
      },
    };
  }

  /** `pin` of the template's node without a name, or `name.pin`. */
  #end(step: number, pin: string): End {
    const dot = pin.indexOf('.');
    const name = dot === -1 ? '' : pin.slice(0, dot);
    return { node: this.#names[step].get(name) ?? this.#ids[step], pin: pin.slice(dot + 1) };
  }

  /** The output of this name of the nearest node before, breadth first. */
  #nearest(node: string, pin: string): End | null {
    const seen = new Set([node]);
    for (const at of seen) {
      const type = this.#placed.get(at)?.type ?? '';
      if (at !== node && this.#catalogue(type)?.outputs.some(({ name }) => name === pin)) return { node: at, pin };
      for (const { from } of this.#wiresTo(at)) seen.add(from.node);
    }
    return null;
  }
}

/** Python's None is a parameter that is not given. */
function weftLiteral(value: JsonValue, as: Target['as']): JsonValue | undefined {
  if (value === null) return undefined;
  return as === undefined ? value : as(value);
}

/** Key of a placeholder under which the workflow's own node is kept. */
const KEPT = 'wf-engine';
