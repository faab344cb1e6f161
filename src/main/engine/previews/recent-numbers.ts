import { MAX_SERIES, type NumberSeries } from '../../../shared/protocol/preview.ts';

/** The last numbers of a pin by item, in a ring: taking one is a store or two. */
export class RecentNumbers {
  readonly #items = new Float64Array(MAX_SERIES);
  readonly #values = new Float64Array(MAX_SERIES);
  /** Taken in all. */
  #count = 0;

  take(item: number, value: number): void {
    let at = this.#count++;
    const oldest = Math.max(0, this.#count - MAX_SERIES);
    // Items may overtake each other.
    for (; at > oldest && this.#items[(at - 1) % MAX_SERIES] > item; at--) this.#move(at - 1, at);
    this.#items[at % MAX_SERIES] = item;
    this.#values[at % MAX_SERIES] = value;
  }

  /** A copy, in the order of the items. */
  series(): NumberSeries {
    const length = Math.min(this.#count, MAX_SERIES);
    const first = this.#count - length;
    const inOrder = (ring: Float64Array) => Float64Array.from({ length }, (_, k) => ring[(first + k) % MAX_SERIES]);
    return { items: inOrder(this.#items), values: inOrder(this.#values) };
  }

  #move(from: number, to: number): void {
    this.#items[to % MAX_SERIES] = this.#items[from % MAX_SERIES];
    this.#values[to % MAX_SERIES] = this.#values[from % MAX_SERIES];
  }
}
