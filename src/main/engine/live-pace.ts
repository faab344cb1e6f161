/** Times that are looked at: what troubles the machine for a moment lengthens fewer. */
const REMEMBERED = 8;
/** What the stages before and behind the slowest one take, about, ms. An item that is early waits, one that is late is waited for. */
const AROUND = 12;
/** The longest time, ms, and the largest share of the time that the slowest stage takes, by which an item may be early. */
const MOST_LEAD = 30;
const MOST_SHARE = 2 / 3;

/**
 * When the next item of a live source may enter: so that it comes to the slowest stage when that is free. What waits inside
 * grows old, and a stage that waits loses items.
 */
export class LivePace {
  /** Times between two items leaving, and between asking for an item and getting it, ms. */
  readonly #intervals = new RecentTimes();
  readonly #ways = new RecentTimes();
  #enteredAt = 0;
  #leftAt = 0;

  /** An item came `ms` after it was asked for. */
  came(ms: number): void {
    this.#ways.add(ms);
  }

  entered(): void {
    this.#enteredAt = performance.now();
    // Until a second item has left, the time that the first one takes is all that is known of the speed.
    if (this.#leftAt === 0) this.#leftAt = this.#enteredAt;
  }

  left(): void {
    const now = performance.now();
    this.#intervals.add(now - this.#leftAt);
    this.#leftAt = now;
  }

  /** Time until the next item may enter behind the last one, or be asked for where it has a way, ms. */
  get holdBack(): number {
    const interval = this.#intervals.usual;
    const begun = Math.max(this.#leftAt, this.#enteredAt + AROUND);
    const lead = Math.min(this.#ways.usual + AROUND, MOST_LEAD, interval * MOST_SHARE);
    return Math.max(0, begun + interval - lead - performance.now());
  }
}

/** The last few times of something that often takes longer than it must. */
class RecentTimes {
  readonly #times: number[] = [];

  add(ms: number): void {
    this.#times.push(ms);
    if (this.#times.length > REMEMBERED) this.#times.shift();
  }

  /** A quarter took less, ms; 0 before the first. */
  get usual(): number {
    return [...this.#times].sort((a, b) => a - b)[this.#times.length >> 2] ?? 0;
  }
}
