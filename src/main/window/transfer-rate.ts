/** Over how long the rate of a transfer is taken, ms: short enough to follow it, long enough to be read. */
const SPAN_MS = 3000;
/** Sooner nobody can tell. */
const LEAST_MS = 300;

/** How fast bytes arrive. All times are ms of one clock. */
export class TransferRate {
  /** Since about `SPAN_MS` ago, the oldest first. */
  #marks: { readonly at: number; readonly bytes: number }[] = [];

  /** @param bytes all that are there */
  add(bytes: number, at: number): void {
    // A server that sends the file anew begins anew.
    if (bytes < this.bytes) this.#marks = [];
    this.#marks.push({ at, bytes });
    while (this.#marks.length > 2 && this.#marks[1].at < at - SPAN_MS) this.#marks.shift();
  }

  /** All that are there. */
  get bytes(): number {
    return this.#marks.at(-1)?.bytes ?? 0;
  }

  /** Null as long as too little time has passed to tell. */
  perSecond(now: number): number | null {
    const [first] = this.#marks;
    if (first === undefined || now - first.at < LEAST_MS) return null;
    const start = this.#marks.findLast(({ at }) => at <= now - SPAN_MS) ?? first;
    return ((this.bytes - start.bytes) / (now - start.at)) * 1000;
  }
}
