import type { SeenValue } from '../../../shared/protocol/preview.ts';
import type { PinType } from '../../../shared/types/pin-type.ts';
import type { Hold, ObjectStore } from '../../store/object-store.ts';
import { RecentNumbers } from './recent-numbers.ts';
import { seenValue } from './seen-value.ts';

export interface LastItem {
  readonly value: unknown;
  readonly hold: Hold | null;
  readonly item: number;
  /** When it was taken, ms since the epoch; null where its source is not live. */
  readonly takenAt: number | null;
}

type LaneItem = Pick<LastItem, 'item' | 'takenAt'>;

/** Items that are held of a pin which is shown together with others: more than are in flight, so that one is in common. */
const RECENT = 8;

/**
 * The last value of each pin of a stream, held so that it can be looked at at any time. Taking one is a swap of
 * references: nothing is looked into before somebody asks.
 */
export class LastItems {
  readonly #store: ObjectStore;
  /** By slot, the latest item at the end; one item, or `RECENT` for the slots in `#together`. */
  readonly #items: LastItem[][] = [];
  /** By slot; there are some where items are numbers. */
  readonly #numbers: RecentNumbers[] = [];
  /** What is known of values that could not be held. */
  readonly #passed = new Map<number, SeenValue>();
  #together: ReadonlySet<number> = new Set();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Holds more than the last item in these slots from now on, and not in others. */
  showTogether(slots: ReadonlySet<number>): void {
    this.#together = slots;
    for (const [slot, items] of this.#items.entries()) {
      if (items !== undefined) this.#shorten(items, slots.has(slot) ? RECENT : 1);
    }
  }

  take(slot: number, value: unknown, hold: Hold | null, { item, takenAt }: LaneItem, planned: PinType): void {
    if (typeof value === 'number') {
      this.#numbers[slot] ??= new RecentNumbers();
      this.#numbers[slot].take(item, value);
    }
    if (hold !== null) {
      if (this.#store.overBudget) {
        this.#release(slot);
        this.#passed.set(slot, seenValue(value, hold, planned));
        return;
      }
      this.#store.retain(hold);
    }
    this.#items[slot] ??= [];
    const items = this.#items[slot];
    items.push({ value, hold, item, takenAt });
    // Items may overtake each other.
    for (let k = items.length - 1; k > 0 && items[k - 1].item > item; k--)
      [items[k - 1], items[k]] = [items[k], items[k - 1]];
    this.#shorten(items, this.#together.has(slot) ? RECENT : 1);
  }

  /** The item with this number, or the last one. */
  at(slot: number, item: number | null): LastItem | undefined {
    const items = this.#items[slot];
    return (item === null ? undefined : items?.find((held) => held.item === item)) ?? items?.at(-1);
  }

  /** The last numbers that went by; null where items are none. */
  numbersAt(slot: number): RecentNumbers | null {
    return this.#numbers[slot] ?? null;
  }

  /** Numbers of the items that are held, the latest last. */
  numbers(slot: number): readonly number[] {
    return this.#items[slot]?.map(({ item }) => item) ?? [];
  }

  passed(slot: number): SeenValue | undefined {
    return this.#passed.get(slot);
  }

  /** The items that are held, the latest last. */
  itemsAt(slot: number): readonly LastItem[] {
    return this.#items[slot] ?? NONE;
  }

  /** Lets go of what is held in a slot, where that takes memory; returns its bytes. */
  drop(slot: number, planned: PinType): number {
    const bytes = bytesOf(this.#items[slot]);
    const last = this.#items[slot]?.at(-1);
    if (last === undefined || bytes === 0) return 0;
    this.#passed.set(slot, seenValue(last.value, last.hold, planned));
    this.#release(slot);
    return bytes;
  }

  close(): void {
    for (const slot of this.#items.keys()) this.#release(slot);
  }

  #release(slot: number): void {
    const items = this.#items[slot];
    if (items !== undefined) this.#shorten(items, 0);
  }

  #shorten(items: LastItem[], count: number): void {
    while (items.length > count) {
      const hold = items.shift()?.hold ?? null;
      if (hold !== null) this.#store.release(hold);
    }
  }
}

const NONE: readonly LastItem[] = [];

function bytesOf(items: readonly LastItem[] = []): number {
  return items.reduce((sum, { hold }) => sum + (hold?.bytes ?? 0), 0);
}
