import { SKIP, type Skip } from '../../shared/node-api/define-node.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { convert } from '../../shared/types/conversion.ts';
import { fits } from '../../shared/types/value-check.ts';
import { isReference } from '../store/inspect-value.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import type { Cache, CacheEntry } from './cache.ts';
import type { CallContext } from './call-context.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { FAILED, Lane } from './lane.ts';
import { absolutePath, type Plan, type PlanNode, type PlanWire } from './plan.ts';
import type { Preparation } from './prepare-run.ts';

export type RunLane = Lane<Hold>;
export type Inputs = Record<string, unknown>;
/** Why a node cannot run: its branch was not taken, or a node before it failed. */
export type Blocked = Skip | typeof FAILED;

/** What an entry weighs in the cache beside its values. */
const ENTRY_BYTES = 256;

/** Told when a node has all its inputs, or something that a stream waits for has ended. */
export interface Listener {
  ready(lane: RunLane, node: number): void;
  gateOpened(scope: number): void;
}

/** Values on their way: from a node's outputs to the inputs of those that follow, counted so that each goes when used. */
export class Dataflow {
  readonly main: RunLane;
  readonly #plan: Plan;
  readonly #preparation: Preparation<Hold>;
  readonly #store: ObjectStore;
  readonly #cache: Cache<Hold> | null;
  readonly #listener: Listener;
  /** By node: a literal for every input that has one; a changed literal replaces the object. */
  readonly #literals: Inputs[];

  constructor(
    plan: Plan,
    preparation: Preparation<Hold>,
    store: ObjectStore,
    cache: Cache<Hold> | null,
    listener: Listener,
  ) {
    this.#plan = plan;
    this.#preparation = preparation;
    this.#store = store;
    this.#cache = cache;
    this.#listener = listener;
    this.#literals = plan.nodes.map((node) => node.inputs);
    this.main = new Lane<Hold>(0, preparation.templates[0]);
  }

  setLiteral(node: number, pin: string, value: unknown): void {
    this.#literals[node] = { ...this.#literals[node], [pin]: value };
  }

  /** The node's inputs for this item, or why it cannot run. @throws E_PIN_TYPE when a value does not fit its pin */
  gather(node: PlanNode, lane: RunLane): Inputs | Blocked {
    const inputs = { ...this.#literals[node.index] };
    let skipped = false;
    for (const wire of node.wires) {
      const value = (wire.held ? this.main : lane).values[wire.slot];
      if (value === FAILED) return FAILED;
      if (value === SKIP) {
        skipped ||= !wire.acceptsSkipped;
      } else {
        inputs[wire.input] = wire.plain ? value : this.#fitted(node, wire, value);
      }
    }
    return skipped ? SKIP : inputs;
  }

  /** What a fold may use for its result: the inputs that stay the same from item to item. */
  gatherHeld(node: PlanNode): Inputs | Blocked {
    const inputs = { ...this.#literals[node.index] };
    for (const wire of node.wires) {
      if (!wire.held) continue;
      const value = this.main.values[wire.slot];
      if (value === FAILED || (value === SKIP && !wire.acceptsSkipped)) return value;
      if (value !== SKIP) inputs[wire.input] = wire.plain ? value : this.#fitted(node, wire, value);
    }
    return inputs;
  }

  /** Inputs that stay the same from item to item. */
  heldInputs(node: PlanNode, inputs: Inputs): Inputs {
    const held = { ...inputs };
    for (const wire of node.wires) if (!wire.held && node.scope !== 0) delete held[wire.input];
    return held;
  }

  /**
   * Puts a node's outputs into a lane and tells those that follow. Returns the bytes given out.
   * @throws E_NODE_OUTPUT before anything is placed
   */
  give(node: PlanNode, lane: RunLane, result: unknown, context: CallContext): number {
    if (node.outputs.length === 0) {
      this.arrive(node, lane);
      return 0;
    }
    const outputs = result === SKIP ? null : checkedOutputs(node, result);
    const files = this.filesOf(node, context.lane, context.files);
    let bytes = 0;
    for (const { name, slot } of node.outputs) {
      const value = outputs === null ? SKIP : outputs[name];
      const hold = isReference(value)
        ? this.#store.emit(value, context.scope, this.holdsOf(node, context.lane), context.kept)
        : null;
      lane.values[slot] = value;
      lane.holds[slot] = hold;
      lane.files[slot] = files;
      bytes += hold?.bytes ?? scalarBytes(value);
    }
    this.#remember(node, lane, files, bytes);
    this.#dropUnused(node, lane);
    this.arrive(node, lane);
    return bytes;
  }

  /** Outputs that were kept from an earlier run. */
  giveCached(node: PlanNode, lane: RunLane, entry: CacheEntry<Hold>): void {
    node.outputs.forEach(({ slot }, k) => {
      const hold = entry.holds[k];
      if (hold !== null) this.#store.retain(hold);
      lane.values[slot] = entry.values[k];
      lane.holds[slot] = hold;
      lane.files[slot] = entry.files;
    });
    this.#dropUnused(node, lane);
    this.arrive(node, lane);
  }

  /** The node gives nothing. */
  block(node: PlanNode, lane: RunLane, why: Blocked): void {
    for (const { slot } of node.outputs) lane.values[slot] = why;
    this.arrive(node, lane);
  }

  /** The node has ended for this item: its inputs have one user less. */
  consume(node: PlanNode, lane: RunLane): void {
    for (const wire of node.wires) if (!wire.held) this.#release(lane, wire.slot);
  }

  /** The stream has ended: inputs that its nodes held are used. */
  consumeHeld(node: PlanNode): void {
    for (const wire of node.wires) if (wire.held) this.#release(this.main, wire.slot);
  }

  arrive(node: PlanNode, lane: RunLane): void {
    this.#notify(this.#plan.wires, node, (follower) => (follower.scope === lane.scope ? lane : null));
  }

  /** Those ordered after the node may start: within its own stream item by item, elsewhere when it has ended for good. */
  orderWithin(node: PlanNode, lane: RunLane): void {
    this.#notify(this.#plan.after, node, (follower) => (follower.scope === lane.scope ? lane : undefined));
  }

  orderAfter(node: PlanNode): void {
    this.#notify(this.#plan.after, node, (follower) =>
      follower.scope === 0 ? this.main : follower.scope === node.scope ? undefined : null,
    );
  }

  /** Files that what a node gives depends on. */
  filesOf(node: PlanNode, lane: RunLane, own: FileTrace | null): FileTrace | null {
    let files = own;
    for (const wire of node.wires) files = joinTraces(files, this.#laneOf(wire, lane).files[wire.slot]);
    return files;
  }

  #keyOf(node: PlanNode, lane: RunLane): string | null {
    if (node.outScope === 0 || node.key === null) return node.key;
    return node.policy.keep === true && node.signature.body === 'run' ? `${node.key}#${lane.item}` : null;
  }

  /** What holds the node's inputs. */
  holdsOf(node: PlanNode, lane: RunLane): (Hold | null)[] {
    return node.wires.map((wire) => this.#laneOf(wire, lane).holds[wire.slot]);
  }

  /** The result for this item, where the node's policy keeps results of items and one is there. */
  keptItem(node: PlanNode, lane: RunLane): CacheEntry<Hold> | undefined {
    const key = this.#cache === null ? null : this.#keyOf(node, lane);
    return key === null ? undefined : this.#cache?.get(key, new Map());
  }

  /** `laneFor` tells where a follower waits: a lane, null for the gate of its stream, undefined for nowhere. */
  #notify(
    { starts, targets }: Plan['wires'],
    node: PlanNode,
    laneFor: (follower: PlanNode) => RunLane | null | undefined,
  ): void {
    for (let k = starts[node.index]; k < starts[node.index + 1]; k++) {
      const target = targets[k];
      if (this.#preparation.runs[target] === 0) continue;
      const follower = this.#plan.nodes[target];
      const lane = laneFor(follower);
      if (lane === null) this.#listener.gateOpened(follower.scope);
      else if (lane !== undefined && --lane.pending[follower.local] === 0) this.#listener.ready(lane, target);
    }
  }

  #laneOf(wire: PlanWire, lane: RunLane): RunLane {
    return wire.held ? this.main : lane;
  }

  #fitted(node: PlanNode, wire: PlanWire, given: unknown): unknown {
    let value = wire.conversion === null ? given : convert(given, wire.conversion);
    if (wire.folder !== null && typeof value === 'string') value = absolutePath(value, wire.folder);
    if (wire.check !== null && !fits(value, wire.check)) {
      throw new WeftError('E_PIN_TYPE', `\`${wire.input}\` of ${node.id} got a value that does not fit the pin.`, {
        node: node.id,
        pin: wire.input,
      });
    }
    return value;
  }

  #remember(node: PlanNode, lane: RunLane, files: FileTrace | null, bytes: number): void {
    const key = this.#cache === null ? null : this.#keyOf(node, lane);
    if (key === null) return;
    const values = node.outputs.map(({ slot }) => lane.values[slot]);
    const holds = node.outputs.map(({ slot }) => lane.holds[slot]);
    for (const hold of holds) if (hold !== null) this.#store.retain(hold);
    this.#cache?.put(key, { values, holds, files, bytes: bytes + ENTRY_BYTES });
  }

  #dropUnused(node: PlanNode, lane: RunLane): void {
    for (const { slot } of node.outputs) {
      if (lane.uses[slot] > 0) continue;
      lane.uses[slot] = 1;
      this.#release(lane, slot);
    }
  }

  #release(lane: RunLane, slot: number): void {
    if (--lane.uses[slot] > 0) return;
    const hold = lane.holds[slot];
    if (hold !== null) this.#store.release(hold);
    lane.holds[slot] = null;
    if (lane.values[slot] !== FAILED && lane.values[slot] !== SKIP) lane.values[slot] = undefined;
  }
}

/** Bytes of a value that needs no holding. */
function scalarBytes(value: unknown): number {
  return typeof value === 'string' ? value.length * 2 : 8;
}

function checkedOutputs(node: PlanNode, result: unknown): Record<string, unknown> {
  if (typeof result !== 'object' || result === null) {
    throw new WeftError('E_NODE_OUTPUT', `${node.id} gave no outputs: its body must return an object of them.`, {
      node: node.id,
    });
  }
  const outputs = result as Record<string, unknown>;
  for (const { name, type } of node.outputs) {
    const value = outputs[name];
    if (value === undefined) {
      throw new WeftError('E_NODE_OUTPUT', `${node.id} gave no value for its output \`${name}\`.`, {
        node: node.id,
        pin: name,
      });
    }
    if (value !== SKIP && !fits(value, type)) {
      throw new WeftError('E_NODE_OUTPUT', `${node.id} gave a value of the wrong type for its output \`${name}\`.`, {
        node: node.id,
        pin: name,
      });
    }
  }
  return outputs;
}
