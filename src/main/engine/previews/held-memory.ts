import type { NodeMemory, PinMemory, ValueHolder } from '../../../shared/protocol/run-report.ts';
import type { Memory } from '../../store/inspect-value.ts';
import type { Hold } from '../../store/object-store.ts';
import type { Slab } from '../../store/slab.ts';
import type { ItemCache } from '../item-cache.ts';
import type { Lane } from '../lane.ts';
import type { Plan, PlanNode, PlanOutput } from '../plan.ts';
import type { LastItems } from './last-items.ts';

/** Where the values of a run lie. */
export interface MemoryParts {
  readonly plan: Plan;
  readonly main: Lane;
  readonly items: ItemCache;
  /** By scope: what is held to be looked at. */
  readonly shown: readonly LastItems[];
  /** The lanes of a stream. */
  lanesOf(scope: number): readonly Lane[];
  /** What a node keeps from call to call. */
  keptBy(node: PlanNode): Iterable<Hold>;
  /** Bytes of a value of the graph itself that had to make room. */
  goneBytes(slot: number): number;
}

/** What the values of one run hold: now, and the most that it has come to. */
export class HeldMemory {
  readonly #parts: MemoryParts;
  /** Of nodes and outputs in streams; elsewhere there is one value, which lies there or is gone. */
  readonly #peaks = new Map<PlanNode | PlanOutput, number>();

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  /** A node has given its outputs for an item of a stream: only then can what they hold have grown. */
  given(node: PlanNode): void {
    let bytes = 0;
    for (const output of node.outputs) {
      const held = this.#inFlight(node.outScope, output.slot);
      bytes += held;
      this.#reached(output, held);
    }
    for (const hold of this.#parts.keptBy(node)) bytes += hold.bytes;
    this.#reached(node, bytes);
  }

  /** Nodes that hold something or did, and the bytes of all together, with memory that values share counted once. */
  report(): { readonly nodes: NodeMemory[]; readonly heldBytes: number } {
    const all = new Set<Hold>();
    const nodes = this.#parts.plan.nodes
      .map((node) => this.#memoryOf(node, all))
      .filter(({ peakBytes }) => peakBytes > 0);
    return { nodes, heldBytes: distinctBytes(all) };
  }

  #memoryOf(node: PlanNode, all: Set<Hold>): NodeMemory {
    const kept = [...this.#parts.keptBy(node)];
    for (const hold of kept) all.add(hold);
    const keptBytes = sum(kept);
    const pins = node.outputs.map((output, place) => this.#pinMemory(node, output, place, all));
    const bytes = keptBytes + pins.reduce((sum, pin) => sum + pin.bytes, 0);
    // Outside of streams all outputs are given at one time.
    const together = node.outScope === 0 ? pins.reduce((sum, pin) => sum + pin.peakBytes, 0) : 0;
    const peakBytes = Math.max(bytes, together, this.#peaks.get(node) ?? 0);
    return { node: node.id, bytes, peakBytes, keptBytes, pins: pins.filter(({ peakBytes }) => peakBytes > 0) };
  }

  #pinMemory(node: PlanNode, output: PlanOutput, place: number, all: Set<Hold>): PinMemory {
    const found = new Map<ValueHolder, readonly Hold[]>(
      node.outScope === 0 ? this.#heldOnce(output.slot) : this.#heldByItems(node, output.slot, place),
    );
    const holds = new Set([...found.values()].flat());
    for (const hold of holds) all.add(hold);
    const bytes = sum(holds);
    const before = node.outScope === 0 ? this.#parts.goneBytes(output.slot) : (this.#peaks.get(output) ?? 0);
    const holders = [...found].flatMap(([holder, held]) => (held.length > 0 ? [holder] : []));
    return { pin: output.name, bytes, peakBytes: Math.max(bytes, before), holders };
  }

  /** A value that there is one of stays where it is, whoever needs it. */
  #heldOnce(slot: number): [ValueHolder, Hold[]][] {
    const { holds, uses, keeps, letGo } = this.#parts.main;
    const hold = holds[slot];
    const heldIf = (isHeld: boolean) => (hold !== null && isHeld ? [hold] : []);
    return [
      ['waiting', heldIf(uses[slot] > 0)],
      ['cache', heldIf(keeps[slot] === 1)],
      ['preview', heldIf(letGo !== null)],
    ];
  }

  #heldByItems({ key, outScope }: PlanNode, slot: number, place: number): [ValueHolder, Hold[]][] {
    const { items, shown } = this.#parts;
    return [
      ['waiting', this.#parts.lanesOf(outScope).flatMap(({ holds }) => holds[slot] ?? [])],
      ['cache', key === null ? [] : items.holdsOf(key, place)],
      ['preview', shown[outScope].itemsAt(slot).flatMap(({ hold }) => hold ?? [])],
    ];
  }

  /** Bytes of the items that are under way, and of those that are shown: without a list of them, for it is asked often. */
  #inFlight(scope: number, slot: number): number {
    const lanes = this.#parts.lanesOf(scope);
    let bytes = 0;
    for (const { holds } of lanes) bytes += holds[slot]?.bytes ?? 0;
    for (const { hold } of this.#parts.shown[scope].itemsAt(slot)) {
      if (hold !== null && !lanes.some(({ holds }) => holds[slot] === hold)) bytes += hold.bytes;
    }
    return bytes;
  }

  #reached(what: PlanNode | PlanOutput, bytes: number): void {
    if (bytes > (this.#peaks.get(what) ?? 0)) this.#peaks.set(what, bytes);
  }
}

function sum(holds: Iterable<Hold>): number {
  let bytes = 0;
  for (const hold of holds) bytes += hold.bytes;
  return bytes;
}

function distinctBytes(holds: Iterable<Hold>): number {
  const slabs = new Set<Slab>();
  const heap = new Set<Memory>();
  let bytes = 0;
  for (const hold of holds) {
    bytes += hold.textBytes;
    for (const slab of hold.slabs) slabs.add(slab);
    for (const memory of hold.heap) heap.add(memory);
  }
  for (const { length } of slabs) bytes += length;
  for (const { byteLength } of heap) bytes += byteLength;
  return bytes;
}
