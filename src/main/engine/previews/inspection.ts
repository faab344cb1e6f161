import { SKIP } from '../../../shared/node-api/define-node.ts';
import type { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { PinRef, PinWithoutValue, SeenValue } from '../../../shared/protocol/preview.ts';
import type { NodeNote } from '../../../shared/protocol/status-batch.ts';
import { convert } from '../../../shared/types/conversion.ts';
import type { PinType } from '../../../shared/types/pin-type.ts';
import { typeOfValue } from '../../../shared/types/value-check.ts';
import type { Hold, ObjectStore } from '../../store/object-store.ts';
import type { Dataflow } from '../dataflow.ts';
import type { ItemCache } from '../item-cache.ts';
import { FAILED, type Lane } from '../lane.ts';
import type { Plan, PlanNode, PlanWire } from '../plan.ts';
import type { Preparation } from '../prepare-run.ts';
import type { Recorder } from '../recorder.ts';
import type { ResultCache } from '../result-cache.ts';
import type { Status } from '../status.ts';
import { HeldMemory } from './held-memory.ts';
import { LastItems } from './last-items.ts';
import { type PinOrigins, type PinPlace, PinPlaces } from './pin-places.ts';
import type { RecentNumbers } from './recent-numbers.ts';
import { seenValue } from './seen-value.ts';

/** The run that is looked into. */
export interface InspectedRun {
  readonly run: string;
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly store: ObjectStore;
  readonly status: Status;
  readonly dataflow: Dataflow;
  /** The lanes of a stream. */
  lanesOf(scope: number): readonly Lane[];
  /** What a node keeps from call to call. */
  keptHolds(node: PlanNode): Iterable<Hold>;
}

export interface InspectionOptions {
  readonly items: ItemCache;
  readonly results: ResultCache;
  /** Called when a pin is looked at that the plan does not have. */
  readonly originsOf: () => PinOrigins;
  readonly recorder: Recorder | null;
}

/** A value as it lies at a pin; of use until the engine's thread goes on. */
export interface FoundValue {
  readonly state: 'value';
  readonly value: unknown;
  readonly hold: Hold | null;
  /** Type that the pin has in the graph. */
  readonly planned: PinType;
  readonly item: number | null;
  /** When the item was taken, ms since the epoch; null where its source is not live. */
  readonly takenAt: number | null;
  /** The last numbers of the stream, the value among them; null where there is none. */
  readonly numbers: RecentNumbers | null;
}

/** An item, by the scope of its stream. */
export interface ItemOfStream {
  readonly scope: number;
  readonly number: number;
}

export type Found = FoundValue | PinWithoutValue;

/**
 * What lies at the pins of a run, while it goes on and after it, however it ends: values that there is one of stay where
 * they are, and of each stream the last item is held. They go when memory is short, or with `close`.
 */
export class Inspection {
  readonly run: string;
  readonly plan: Plan;
  /** Null when nobody asked for the times of the run. */
  readonly recorder: Recorder | null;
  readonly memory: HeldMemory;
  /** The run goes on: items may still come. */
  running = true;
  /** Items of one of its sources are worth most while they are new. */
  readonly isLive: boolean;
  readonly #of: InspectedRun;
  readonly #results: ResultCache;
  readonly #places: PinPlaces;
  /** By scope; that of scope 0 stays empty. */
  readonly #streams: readonly LastItems[];
  /** By slot of scope 0. */
  readonly #gone = new Map<number, SeenValue>();
  /** By slot of scope 0. */
  readonly #types: readonly PinType[];
  readonly #notes = new Map<number, NodeNote>();
  /** By node: the values at its inputs for the item that made it fail, by slot. */
  readonly #failedItems = new Map<number, LastItems>();
  /** By scope: the slots whose items somebody waits for. */
  #awaited: readonly ReadonlySet<number>[] | null = null;
  #onItem: () => void = () => {};
  #closed = false;

  constructor(of: InspectedRun, { results, items, originsOf, recorder }: InspectionOptions) {
    this.run = of.run;
    this.plan = of.plan;
    this.isLive = of.plan.nodes.some(({ signature }) => signature.live === true);
    this.recorder = recorder;
    this.#of = of;
    this.#results = results;
    this.#places = new PinPlaces(of.plan, originsOf);
    this.#streams = of.plan.scopes.map(() => new LastItems(of.store));
    this.#types = typesBySlot(of.plan);
    this.memory = new HeldMemory({
      plan: of.plan,
      main: of.dataflow.main,
      items,
      shown: this.#streams,
      lanesOf: (scope) => of.lanesOf(scope),
      keptBy: (node) => of.keptHolds(node),
      goneBytes: (slot) => this.#gone.get(slot)?.bytes ?? 0,
    });
    of.dataflow.main.letGo = (slot) => this.#letGo(slot);
  }

  // What the run tells.

  /** A node has given its outputs for an item. */
  given(node: PlanNode, lane: Lane): void {
    if (lane.scope === 0 || this.#closed) return;
    const awaited = this.#awaited?.[lane.scope];
    for (const { slot, type } of node.outputs) {
      const value = lane.values[slot];
      if (value === SKIP) continue;
      this.#streams[lane.scope].take(slot, value, lane.holds[slot], lane, type);
      if (awaited?.has(slot)) this.#onItem();
    }
    this.memory.given(node);
  }

  /** The inputs of the item that made a node fail are held too: they are what a person wants to see. */
  failed(node: PlanNode, lane: Lane, error: WeftError): void {
    if (this.#closed) return;
    this.#notes.set(node.index, { error: error.toReport() });
    if (lane.scope === 0 || node.policy.onError === 'skip' || this.#failedItems.has(node.index)) return;
    const inputs = new LastItems(this.#of.store);
    for (const wire of node.wires) {
      const type = this.#places.outputBefore(wire)?.type ?? ANY;
      if (!liesElsewhere(wire)) inputs.take(wire.slot, lane.values[wire.slot], lane.holds[wire.slot], lane, type);
    }
    this.#failedItems.set(node.index, inputs);
  }

  nodeEnded(node: PlanNode, note: NodeNote | undefined): void {
    if (note?.error !== undefined || note?.reason !== undefined) this.#notes.set(node.index, note);
  }

  // What others ask.

  /** What lies at a pin now: this item where the pin is of its stream and still has it, or else the last one. */
  at(ref: PinRef, item: ItemOfStream | null = null): Found {
    const place = this.#places.of(ref);
    switch (place.from) {
      case 'slot':
        return this.#arrived(place, item);
      case 'literal': {
        const value = this.#of.dataflow.literalsOf(place.node)[place.pin];
        return value === undefined ? UNSET : literal(value, place.type);
      }
      case 'value':
        return literal(place.value, typeOfValue(place.value));
      case 'nothing':
        return UNSET;
      case 'nowhere':
        return { state: 'empty', reason: `${ref.node}.${ref.pin} was not part of the graph that ran: run again.` };
    }
  }

  /** Holds enough items at the pins of each group, that there is one which all of the group have. */
  showTogether(refs: readonly PinRef[]): void {
    const slots = this.#slotsOf(refs);
    for (const [scope, items] of this.#streams.entries()) items.showTogether(slots[scope]);
  }

  /** Calls `listener` for each item that comes to one of these pins, in place of what was to be called before. */
  tellOfItems(refs: readonly PinRef[], listener: () => void): void {
    this.#awaited = this.#slotsOf(refs);
    this.#onItem = listener;
  }

  /** The latest item that all of these pins have which are of the stream of the first; null when there is none. */
  commonItem(refs: readonly PinRef[]): ItemOfStream | null {
    const places = refs.map((ref) => this.#places.of(ref)).filter((place) => place.from === 'slot');
    const scope = places.find(({ producer }) => producer.outScope !== 0)?.producer.outScope;
    if (scope === undefined) return null;
    const ofStream = places.filter(({ producer }) => producer.outScope === scope);
    const held = ofStream.map(({ slot }) => this.#streams[scope].numbers(slot));
    const number = held[0].findLast((item) => held.every((numbers) => numbers.includes(item)));
    return number === undefined ? null : { scope, number };
  }

  /** Gives back about `bytes` of what only this holds; returns how many it gave back. */
  evict(bytes: number): number {
    let freed = 0;
    for (const [index, inputs] of this.#failedItems) {
      for (const wire of this.plan.nodes[index].wires) {
        if (freed < bytes) freed += inputs.drop(wire.slot, this.#places.outputBefore(wire)?.type ?? ANY);
      }
    }
    for (const { outScope, outputs } of this.plan.nodes) {
      for (const { slot, type } of outputs) {
        if (freed >= bytes) return freed;
        freed += outScope === 0 ? this.#drop(slot) : this.#streams[outScope].drop(slot, type);
      }
    }
    return freed;
  }

  /** Nothing can be looked at any more. */
  close(): void {
    this.#closed = true;
    const { main } = this.#of.dataflow;
    for (let slot = 0; slot < main.holds.length; slot++) this.#drop(slot);
    main.letGo = null;
    for (const items of [...this.#streams, ...this.#failedItems.values()]) items.close();
  }

  /** Lets go of a value that nobody else holds here: neither the cache nor a node that waits for it. */
  #drop(slot: number): number {
    const { main } = this.#of.dataflow;
    const hold = main.holds[slot];
    if (hold === null || main.uses[slot] > 0 || main.keeps[slot] === 1) return 0;
    this.#letGo(slot);
    main.holds[slot] = null;
    main.values[slot] = undefined;
    this.#of.store.release(hold);
    return hold.bytes;
  }

  /** By scope. */
  #slotsOf(refs: readonly PinRef[]): Set<number>[] {
    const slots = this.plan.scopes.map(() => new Set<number>());
    for (const ref of refs) {
      const place = this.#places.of(ref);
      if (place.from === 'slot') slots[place.producer.outScope].add(place.slot);
    }
    return slots;
  }

  #letGo(slot: number): void {
    const { holds, values } = this.#of.dataflow.main;
    const value = values[slot];
    if (value === undefined || value === FAILED || value === SKIP) return;
    this.#gone.set(slot, seenValue(value, holds[slot], this.#types[slot]));
  }

  #arrived(place: Slot, item: ItemOfStream | null): Found {
    const { to, slot, type } = place;
    const failed =
      to === null || liesElsewhere(to.wire) ? undefined : this.#failedItems.get(to.node.index)?.at(slot, null);
    const found: Found =
      failed === undefined ? this.#given(place, item) : { state: 'value', ...failed, planned: type, numbers: null };
    const conversion = to?.wire.conversion ?? null;
    // A frame is shown as well as the picture made of it, and making that takes time.
    if (found.state !== 'value' || conversion === null || conversion === 'frame-to-image') return found;
    const value = convert(found.value, conversion);
    return { ...found, value, planned: typeOfValue(value) };
  }

  #given({ producer, slot, type }: Slot, item: ItemOfStream | null): Found {
    if (producer.outScope !== 0) {
      const items = this.#streams[producer.outScope];
      const last = items.at(slot, item?.scope === producer.outScope ? item.number : null);
      if (last !== undefined) return { state: 'value', ...last, planned: type, numbers: items.numbersAt(slot) };
      const passed = items.passed(slot);
      return passed === undefined ? this.#withoutValue(producer) : { state: 'passed', reason: PASSED, last: passed };
    }
    const { values, holds } = this.#of.dataflow.main;
    const value = values[slot];
    if (value === SKIP) return { state: 'skipped', reason: 'The branch it is on was not taken.' };
    if (value !== undefined && value !== FAILED) {
      return { state: 'value', value, hold: holds[slot], planned: type, ...NO_ITEM };
    }
    const gone = this.#gone.get(slot);
    if (gone !== undefined) return { state: 'gone', reason: GONE, last: gone };
    return this.#fromEarlier(producer, slot, type) ?? this.#withoutValue(producer);
  }

  /** What is before a node whose result came from the cache did not run again; its own results may be there too. */
  #fromEarlier(node: PlanNode, slot: number, planned: PinType): FoundValue | null {
    if (this.#takesPart(node) || node.key === null) return null;
    const kept = this.#results.get(node.key, new Map());
    if (kept === undefined) return null;
    const output = kept.node.outputs[node.outputs.findIndex((candidate) => candidate.slot === slot)];
    const value = kept.lane.values[output.slot];
    return value === SKIP ? null : { state: 'value', value, hold: kept.lane.holds[output.slot], planned, ...NO_ITEM };
  }

  #withoutValue(node: PlanNode): PinWithoutValue {
    const { status } = this.#of;
    const note = this.#notes.get(node.index);
    if (note?.error !== undefined) return { state: 'failed', reason: note.error.message };
    if (status.is(node.index, 'cancelled')) return { state: 'skipped', reason: 'The run was stopped before.' };
    if (note?.reason !== undefined) return { state: 'skipped', reason: note.reason };
    if (!this.#takesPart(node)) {
      return { state: 'skipped', reason: 'It took no part in the run, for nothing that ran needed it.' };
    }
    const reason = this.running ? 'Nothing has come here yet.' : 'Nothing came here in this run.';
    return { state: 'empty', reason };
  }

  #takesPart({ index }: PlanNode): boolean {
    const { runs, cached } = this.#of.preparation;
    return runs[index] === 1 || cached.has(index);
  }
}

type Slot = Extract<PinPlace, { from: 'slot' }>;

const NO_ITEM = { item: null, takenAt: null, numbers: null };
const ANY: PinType = { kind: 'any' };
const GONE = 'The value had to make room for others: run again to see it.';
const PASSED = 'Memory was too short to hold the last item: run again, or raise the memory budget.';
const UNSET: PinWithoutValue = { state: 'empty', reason: 'The pin has neither wire nor value.' };

/** The value is not of the item that the node works on: its slot is one of another scope. */
function liesElsewhere({ held, side }: PlanWire): boolean {
  return held || side !== null;
}

function literal(value: unknown, planned: PinType): FoundValue {
  return { state: 'value', value, hold: null, planned, ...NO_ITEM };
}

/** Of the outputs that there is one value of. */
function typesBySlot({ nodes }: Plan): PinType[] {
  const types: PinType[] = [];
  for (const { outScope, outputs } of nodes) {
    if (outScope === 0) for (const { slot, type } of outputs) types[slot] = type;
  }
  return types;
}
