import { SKIP } from '../../shared/node-api/define-node.ts';
import { isReference } from '../store/inspect-value.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import type { CallContext } from './call-context.ts';
import { checkedOutputs, fittedInput } from './checked-values.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import type { ItemCache, ItemResult } from './item-cache.ts';
import { type Blocked, FAILED, type Inputs, Lane } from './lane.ts';
import type { Plan, PlanNode, PlanWire, Side } from './plan.ts';
import type { Preparation } from './prepare-run.ts';
import { scalarBytes } from './previews/seen-value.ts';
import type { KeptResult } from './result-cache.ts';

const NOBODY: PlanNode[] = [];

/** Told when a node has all its inputs, or something that a stream waits for has ended. */
export interface Listener {
  /** Outputs of the node lie in the lane; those that nobody waits for go at once. */
  given(node: PlanNode, lane: Lane): void;
  ready(lane: Lane, node: number): void;
  gateOpened(scope: number): void;
}

/** Values on their way: from a node's outputs to the inputs of those that follow, counted so that each goes when used. */
export class Dataflow {
  readonly main: Lane;
  readonly #plan: Plan;
  readonly #preparation: Preparation;
  readonly #store: ObjectStore;
  readonly #items: ItemCache;
  readonly #listener: Listener;
  /** Inputs of the nodes whose literals were changed while the run goes on, by node. */
  readonly #literals = new Map<number, Inputs>();
  readonly #spoilt = new Set<number>();

  constructor(plan: Plan, preparation: Preparation, store: ObjectStore, items: ItemCache, listener: Listener) {
    this.#plan = plan;
    this.#preparation = preparation;
    this.#store = store;
    this.#items = items;
    this.#listener = listener;
    this.main = new Lane(0, preparation.templates[0]);
  }

  literalsOf(node: PlanNode): Inputs {
    return this.#literals.size === 0 ? node.inputs : (this.#literals.get(node.index) ?? node.inputs);
  }

  setLiteral(node: PlanNode, pin: string, value: unknown): void {
    this.#literals.set(node.index, { ...this.literalsOf(node), [pin]: value });
    this.spoil(node.index);
  }

  /** Another value for what a node that ran once gives: those that hold it see it with their next item. */
  changeHeld(node: PlanNode, value: unknown): void {
    this.spoil(node.index);
    for (const { slot } of node.outputs) this.main.values[slot] = value;
  }

  /** What the node and those after it give from now on does not follow from the plan alone: no later run may use it. */
  spoil(node: number): void {
    const { starts, targets } = this.#plan.wires;
    const pending = [node];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (this.#spoilt.has(index)) continue;
      this.#spoilt.add(index);
      pending.push(...targets.subarray(starts[index], starts[index + 1]));
      const { outScope, outputs } = this.#plan.nodes[index];
      if (outScope === 0) for (const { slot } of outputs) this.main.spoil(slot);
    }
  }

  /** The node's inputs for this item, or why it cannot run. @throws E_PIN_TYPE when a value does not fit its pin */
  gather(node: PlanNode, lane: Lane): Inputs | Blocked {
    const inputs: Inputs = { ...this.literalsOf(node) };
    let skipped = false;
    for (const wire of node.wires) {
      // The other stream had no item for this one.
      const from = this.#laneOf(node, wire, lane);
      const value = from === null ? SKIP : from.values[wire.slot];
      if (value === FAILED) return FAILED;
      if (value === SKIP) {
        skipped ||= !wire.acceptsSkipped;
      } else {
        inputs[wire.input] = wire.plain ? value : fittedInput(node, wire, value);
      }
    }
    return skipped ? SKIP : inputs;
  }

  /** What a fold may use for its result: the inputs that stay the same from item to item. */
  gatherHeld(node: PlanNode): Inputs | Blocked {
    const inputs: Inputs = { ...this.literalsOf(node) };
    for (const wire of node.wires) {
      if (!wire.held) continue;
      const value = this.main.values[wire.slot];
      if (value === FAILED || (value === SKIP && !wire.acceptsSkipped)) return value;
      if (value !== SKIP) inputs[wire.input] = wire.plain ? value : fittedInput(node, wire, value);
    }
    return inputs;
  }

  /** Inputs that stay the same from item to item. */
  heldInputs(node: PlanNode, inputs: Inputs): Inputs {
    const held = { ...inputs };
    for (const wire of node.wires) if (!wire.held) delete held[wire.input];
    return held;
  }

  /**
   * Puts a node's outputs into a lane and tells those that follow. Returns the bytes given out.
   * @throws E_NODE_OUTPUT before anything is placed
   */
  give(node: PlanNode, lane: Lane, result: unknown, context: CallContext): number {
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
      this.#put(lane, slot, value, hold, files);
      bytes += hold?.bytes ?? scalarBytes(value);
    }
    if (lane.scope !== 0 && node.policy.keep === true) this.#keepItem(node, lane, files, bytes);
    this.#passOn(node, lane);
    return bytes;
  }

  /** Outputs that were kept from an earlier run. */
  giveKept(node: PlanNode, { lane: from, node: before }: KeptResult): void {
    node.outputs.forEach(({ slot }, k) => {
      const old = before.outputs[k].slot;
      const hold = from.holds[old];
      if (hold !== null) this.#store.retain(hold);
      this.#put(this.main, slot, from.values[old], hold, from.files[old]);
    });
    this.#passOn(node, this.main);
  }

  /** Outputs for an item that were kept from an earlier run. */
  giveKeptItem(node: PlanNode, lane: Lane, { values, holds, files }: ItemResult): void {
    node.outputs.forEach(({ slot }, k) => {
      const hold = holds[k];
      if (hold !== null) this.#store.retain(hold);
      this.#put(lane, slot, values[k], hold, files);
    });
    this.#passOn(node, lane);
  }

  /** The node gives nothing; that it does not, may depend on files too. */
  block(node: PlanNode, lane: Lane, why: Blocked, files = this.filesOf(node, lane, null)): void {
    // A fold gives nothing to the lanes that it takes from.
    if (node.outScope !== lane.scope) return;
    for (const { slot } of node.outputs) {
      const hold = lane.holds[slot];
      if (hold !== null) this.#store.release(hold);
      this.#put(lane, slot, why, null, files);
    }
    this.arrive(node, lane);
  }

  /** The node has ended for this item: its inputs have one user less. */
  consume(node: PlanNode, lane: Lane): void {
    for (const wire of node.wires) if (!wire.held && wire.side === null) this.#release(lane, wire.slot);
  }

  /** The node needs an item of another stream no longer. */
  consumeSide(node: PlanNode, side: Side, lane: Lane): void {
    for (const wire of node.wires) if (wire.side === side) this.#release(lane, wire.slot);
  }

  /** Whether an item of another stream has all that the node needs of it. */
  hasSide(node: PlanNode, side: Side, lane: Lane): boolean {
    return node.wires.every((wire) => {
      const value = wire.side === side ? lane.values[wire.slot] : null;
      return value !== FAILED && (value !== SKIP || wire.acceptsSkipped);
    });
  }

  /** Takes what the node needs of an item of another stream to a lane where it stays after the item has left. */
  copySide(node: PlanNode, side: Side, from: Lane, to: Lane): void {
    this.clearSide(node, side, to);
    for (const { side: other, slot } of node.wires) {
      if (other !== side) continue;
      const hold = from.holds[slot];
      if (hold !== null) this.#store.retain(hold);
      this.#put(to, slot, from.values[slot], hold, from.files[slot]);
    }
  }

  clearSide(node: PlanNode, side: Side, lane: Lane): void {
    for (const { side: other, slot } of node.wires) {
      if (other !== side) continue;
      const hold = lane.holds[slot];
      this.#put(lane, slot, undefined, null, null);
      if (hold !== null) this.#store.release(hold);
    }
  }

  /** The stream has ended: inputs that its nodes held are used. */
  consumeHeld(node: PlanNode): void {
    for (const wire of node.wires) if (wire.held) this.#release(this.main, wire.slot);
  }

  arrive(node: PlanNode, lane: Lane): void {
    const { starts, targets } = this.#plan.wires;
    const { runs } = this.#preparation;
    for (let k = starts[node.index]; k < starts[node.index + 1]; k++) {
      const follower = this.#plan.nodes[targets[k]];
      if (runs[follower.index] === 0) continue;
      const place = placeIn(lane, follower);
      if (place === undefined) this.#listener.gateOpened(follower.scope);
      else if (--lane.pending[place] === 0) this.#listener.ready(lane, follower.index);
    }
  }

  /** Those ordered after the node may start: within its own stream item by item, elsewhere when it has ended for good. */
  orderWithin(node: PlanNode, lane: Lane): void {
    for (const follower of this.#orderedAfter(node)) {
      if (follower.scope === lane.scope && --lane.pending[follower.local] === 0) {
        this.#listener.ready(lane, follower.index);
      }
    }
  }

  orderAfter(node: PlanNode): void {
    for (const follower of this.#orderedAfter(node)) {
      if (follower.scope === 0) {
        if (--this.main.pending[follower.local] === 0) this.#listener.ready(this.main, follower.index);
      } else if (follower.scope !== node.scope) {
        this.#listener.gateOpened(follower.scope);
      }
    }
  }

  /** Files that what a node gives depends on. */
  filesOf(node: PlanNode, lane: Lane, own: FileTrace | null): FileTrace | null {
    let files = own;
    for (const wire of node.wires) {
      files = joinTraces(files, this.#laneOf(node, wire, lane)?.files[wire.slot] ?? null);
    }
    return files;
  }

  /** What holds the node's inputs. */
  holdsOf(node: PlanNode, lane: Lane): (Hold | null)[] {
    return node.wires.map((wire) => this.#laneOf(node, wire, lane)?.holds[wire.slot] ?? null);
  }

  /** The result for this item, where the node's policy keeps results of items and one is there. */
  keptItem(node: PlanNode, lane: Lane): ItemResult | undefined {
    const key = this.#itemKey(node, lane);
    return key === null ? undefined : this.#items.get(key);
  }

  /** Nodes of this run that wait for the node without taking values from it. */
  #orderedAfter(node: PlanNode): PlanNode[] {
    const { starts, targets } = this.#plan.after;
    if (starts[node.index] === starts[node.index + 1]) return NOBODY;
    return [...targets.subarray(starts[node.index], starts[node.index + 1])]
      .filter((target) => this.#preparation.runs[target] === 1)
      .map((target) => this.#plan.nodes[target]);
  }

  /**
   * Null when a fold gives its result, outside the stream: the items that it was made from are gone; and when another
   * stream has no item for this one.
   */
  #laneOf(node: PlanNode, wire: PlanWire, lane: Lane): Lane | null {
    if (wire.held) return this.main;
    if (wire.side !== null) return lane.partners.get(wire.side) ?? null;
    return lane.scope === node.scope ? lane : null;
  }

  #itemKey(node: PlanNode, lane: Lane): string | null {
    const keeps = node.policy.keep === true && node.key !== null && node.signature.body === 'run';
    return keeps && !this.#spoilt.has(node.index) ? `${node.key}#${lane.item}` : null;
  }

  #put(lane: Lane, slot: number, value: unknown, hold: Hold | null, files: FileTrace | null): void {
    lane.values[slot] = value;
    lane.holds[slot] = hold;
    lane.files[slot] = files;
  }

  #keepItem(node: PlanNode, lane: Lane, files: FileTrace | null, bytes: number): void {
    const key = this.#itemKey(node, lane);
    if (key === null) return;
    const holds = node.outputs.map(({ slot }) => lane.holds[slot]);
    for (const hold of holds) if (hold !== null) this.#store.retain(hold);
    this.#items.put(key, { values: node.outputs.map(({ slot }) => lane.values[slot]), holds, files, bytes });
  }

  /** The outputs are in the lane. */
  #passOn(node: PlanNode, lane: Lane): void {
    this.#listener.given(node, lane);
    this.#dropUnused(node, lane);
    this.arrive(node, lane);
  }

  #dropUnused(node: PlanNode, lane: Lane): void {
    for (const { slot } of node.outputs) {
      if (lane.uses[slot] > 0) continue;
      lane.uses[slot] = 1;
      this.#release(lane, slot);
    }
  }

  #release(lane: Lane, slot: number): void {
    if (--lane.uses[slot] > 0) return;
    if (lane.keeps[slot] === 1 || lane.letGo !== null) return;
    const hold = lane.holds[slot];
    if (hold !== null) this.#store.release(hold);
    lane.holds[slot] = null;
    if (lane.values[slot] !== FAILED && lane.values[slot] !== SKIP) lane.values[slot] = undefined;
  }
}

/** Where a node has its place in a lane; undefined when the value is one that it holds. */
function placeIn(lane: Lane, node: PlanNode): number | undefined {
  return node.scope === lane.scope ? node.local : node.sides.find(({ scope }) => scope === lane.scope)?.local;
}
