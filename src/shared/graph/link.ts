import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import { standInFor } from './bypass.ts';
import type { FlatGraph, FlatNode } from './flatten.ts';
import { labelsOf } from './labels.ts';
import { topologicalOrder } from './order.ts';
import { inputIndex } from './pin-index.ts';
import { ProblemList } from './problem-list.ts';
import { successorsOf } from './successors.ts';

/** Where an input's value comes from in the end, through bypassed nodes and the borders of graphs used as nodes. */
export type Origin =
  | { readonly from: 'wire'; readonly node: number; readonly output: number }
  | { readonly from: 'literal'; readonly value: JsonValue }
  /** The pin's own default. */
  | { readonly from: 'default'; readonly value: JsonValue }
  | { readonly from: 'nothing' }
  /** A wire that comes from nowhere; what is wrong with it has been said. */
  | { readonly from: 'broken' };

export interface LinkedNode {
  readonly flat: FlatNode;
  readonly signature: NodeSignature;
  /** One per input of the signature; wires by indices of the linked graph. */
  readonly origins: readonly Origin[];
  readonly after: readonly number[];
}

/** An origin while wires still lead to nodes of the flat graph. */
export type FlatOrigin = OutputPin | Exclude<Origin, { from: 'wire' }>;

export interface OutputPin {
  readonly node: number;
  readonly output: number;
}

/** A wire that enters a graph used as a node, and so has to suit what the graph declares. */
export interface BorderWire {
  readonly graph: FlatNode;
  /** Input pin of the graph node. */
  readonly pin: number;
  readonly origin: Origin;
}

/** The nodes that run, in topological order. On a cycle some wires are `broken`, so that the order holds. */
export interface LinkedGraph {
  readonly nodes: readonly LinkedNode[];
  readonly borders: readonly BorderWire[];
  /** What sentences call node `index`. */
  readonly labelOf: (index: number) => string;
}

/** Follows wires to the nodes that give their values and puts these in order. Reports cycles and bypasses without a way. */
export function link(flat: FlatGraph, problems: ProblemList): LinkedGraph {
  return new Linker(flat, problems).link();
}

/** Follows single pins of a graph without linking it: those of nodes that do not run have no place in a linked graph. */
export function pinFollower(flat: FlatGraph): PinFollower {
  return new Linker(flat, new ProblemList());
}

/** Where the value of a pin comes from, by indices of the flat graph. */
export interface PinFollower {
  originOf(index: number, input: number): FlatOrigin;
  /** An output of a node that runs is its own origin. */
  follow(start: OutputPin): FlatOrigin;
}

const NOTHING = { from: 'nothing' } as const;
const BROKEN = { from: 'broken' } as const;
const NONE: readonly number[] = [];

class Linker implements PinFollower {
  readonly #flat: FlatGraph;
  readonly #problems: ProblemList;
  /** What outputs of nodes that do not run stand for, by node and output; `following` while that is being found. */
  readonly #followed = new Map<number, (FlatOrigin | 'following' | undefined)[]>();
  readonly #labelOf: (index: number) => string;

  constructor(flat: FlatGraph, problems: ProblemList) {
    this.#flat = flat;
    this.#problems = problems;
    this.#labelOf = labelsOf(
      flat.nodes,
      ({ title }) => title,
      ({ id }) => id,
    );
  }

  link(): LinkedGraph {
    const { nodes } = this.#flat;
    const running: number[] = [];
    nodes.forEach((_, index) => {
      if (this.#runs(index)) running.push(index);
    });
    const place = new Int32Array(nodes.length).fill(-1);
    running.forEach((flat, index) => {
      place[flat] = index;
    });
    const origins = running.map((index) => nodes[index].sources.map((_, input) => this.originOf(index, input)));
    const before = this.#before(running.length, place);
    const { order, cycles } = this.#order(running.length, origins, before, place);
    for (const cycle of cycles) this.#reportCycle(cycle.map((index) => running[index]));

    const position = new Int32Array(running.length);
    order.forEach((index, at) => {
      position[index] = at;
    });
    const moved = (origin: FlatOrigin, at: number): Origin => {
      if ('from' in origin) return origin;
      const node = position[place[origin.node]];
      return node < at ? { from: 'wire', node, output: origin.output } : BROKEN;
    };
    const linked = order.map((index, at): LinkedNode => {
      const flat = nodes[running[index]];
      return {
        flat,
        signature: flat.signature as NodeSignature,
        origins: origins[index].map((origin) => moved(origin, at)),
        after: before[index] === undefined ? NONE : afterOf(before[index], position, at),
      };
    });
    return {
      nodes: linked,
      borders: this.#borders((origin) => moved(origin, order.length)),
      labelOf: (index) => this.#labelOf(running[order[index]]),
    };
  }

  /** A graph's input with a wire is that wire, and one without is a node that gives what was set. */
  #runs(index: number): boolean {
    const { role, signature } = this.#flat.nodes[index];
    if (signature === null) return false;
    return (
      role.kind === 'node' || (role.kind === 'graph-input' && this.#flat.nodes[role.outer].sources[role.pin] === null)
    );
  }

  #before(count: number, place: Int32Array): (Set<number> | undefined)[] {
    const before = new Array<Set<number> | undefined>(count);
    for (const [from, to] of this.#flat.after) {
      if (place[from] === -1 || place[to] === -1) continue;
      const known = before[place[to]];
      if (known === undefined) before[place[to]] = new Set([place[from]]);
      else known.add(place[from]);
    }
    return before;
  }

  #order(
    count: number,
    origins: readonly (readonly FlatOrigin[])[],
    before: readonly (ReadonlySet<number> | undefined)[],
    place: Int32Array,
  ) {
    const from: number[] = [];
    const to: number[] = [];
    origins.forEach((inputs, index) => {
      for (const origin of inputs) {
        if ('from' in origin) continue;
        from.push(place[origin.node]);
        to.push(index);
      }
      for (const other of before[index] ?? []) {
        from.push(other);
        to.push(index);
      }
    });
    return topologicalOrder(count, successorsOf(count, from, to));
  }

  originOf(index: number, input: number): FlatOrigin {
    const { sources, params, signature } = this.#flat.nodes[index];
    const source = sources[input];
    if (source === 'broken') return BROKEN;
    if (source !== null) return this.#runs(source.node) ? source : this.follow(source);
    const pin = signature?.inputs[input];
    if (pin !== undefined && Object.hasOwn(params, pin.name)) return { from: 'literal', value: params[pin.name] };
    return pin?.default === undefined ? NOTHING : { from: 'default', value: pin.default };
  }

  /** Iterative, for thousands of bypassed nodes may follow each other. */
  follow(start: OutputPin): FlatOrigin {
    const trail: OutputPin[] = [];
    let origin: FlatOrigin | undefined;
    for (let at = start; origin === undefined; ) {
      const known = this.#followed.get(at.node)?.[at.output];
      if (known === 'following') {
        const first = trail.findIndex(({ node, output }) => node === at.node && output === at.output);
        this.#reportCycle(trail.slice(first).map(({ node }) => node));
        origin = BROKEN;
      } else if (known !== undefined) {
        origin = known;
      } else {
        this.#remember(at, 'following');
        trail.push(at);
        const next = this.#behind(at.node, at.output);
        if ('from' in next || this.#runs(next.node)) origin = next;
        else at = next;
      }
    }
    for (const step of trail) this.#remember(step, origin);
    return origin;
  }

  /** What an output of a node that does not run takes its value from: another output, or an end of the trail. */
  #behind(index: number, output: number): FlatOrigin {
    const { role, signature } = this.#flat.nodes[index];
    if (signature === null) return BROKEN;
    if (role.kind === 'graph') {
      const inner = this.#flat.nodes[role.outputs[output]].signature;
      const value = inner === null ? undefined : inputIndex(inner, 'value');
      return value === undefined ? BROKEN : this.#sourceOrEnd(role.outputs[output], value);
    }
    if (role.kind === 'graph-input') return this.#sourceOrEnd(role.outer, role.pin);
    const input = standInFor(signature, output, (pin) => this.#hasValue(index, pin));
    if (input !== -1) return this.#sourceOrEnd(index, input);
    const { name } = signature.outputs[output];
    const { id, path } = this.#flat.nodes[index];
    const message = `${this.#labelOf(index)} cannot be bypassed, for no input that has a value can stand in for its output "${name}": remove the wire from it, or do not bypass it.`;
    this.#problems.add('E_BYPASS', message, { node: id, pin: name, path: `${path}.bypass` });
    return BROKEN;
  }

  #sourceOrEnd(index: number, input: number): FlatOrigin {
    const source = this.#flat.nodes[index].sources[input];
    if (source !== null && source !== 'broken') return source;
    const origin = this.originOf(index, input);
    // The default of one pin is checked like any other value when it goes to another.
    return 'from' in origin && origin.from === 'default' ? { from: 'literal', value: origin.value } : origin;
  }

  #hasValue(index: number, input: number): boolean {
    return this.#flat.nodes[index].sources[input] !== null || this.originOf(index, input) !== NOTHING;
  }

  #remember({ node, output }: OutputPin, origin: FlatOrigin | 'following'): void {
    const outputs = this.#followed.get(node);
    if (outputs !== undefined) outputs[output] = origin;
    else {
      const known: (FlatOrigin | 'following' | undefined)[] = [];
      known[output] = origin;
      this.#followed.set(node, known);
    }
  }

  #borders(linked: (origin: FlatOrigin) => Origin): BorderWire[] {
    return this.#flat.nodes.flatMap(({ role }) => {
      if (role.kind !== 'graph-input') return [];
      const graph = this.#flat.nodes[role.outer];
      if (graph.sources[role.pin] === null) return [];
      return [{ graph, pin: role.pin, origin: linked(this.originOf(role.outer, role.pin)) }];
    });
  }

  #reportCycle(cycle: readonly number[]): void {
    const ids = [...cycle, cycle[0]].map((index) => this.#flat.nodes[index].id);
    const { id, path } = this.#flat.nodes[cycle[0]];
    const message = `Nodes wait for each other in a circle, ${ids.join(' → ')}: remove one of these wires.`;
    this.#problems.add('E_CYCLE', message, { node: id, path });
  }
}

function afterOf(before: ReadonlySet<number>, position: Int32Array, at: number): number[] {
  return [...before].map((other) => position[other]).filter((other) => other < at);
}
