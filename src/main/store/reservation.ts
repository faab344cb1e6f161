import type { Segment, SegmentSource } from './segment.ts';

/** Bytes of a step. Reserving takes 0.2 ms a MiB, so a large step would be felt when a run starts. */
export const RESERVED_AT_ONCE = 2 * 2 ** 20;

/** Which parts of a segment have real memory. */
export class Reservation {
  readonly #segment: Segment;
  readonly #source: SegmentSource;
  /** One byte a step: 1 when it has memory. */
  readonly #steps: Uint8Array;
  #bytes = 0;

  constructor(segment: Segment, source: SegmentSource) {
    this.#segment = segment;
    this.#source = source;
    this.#steps = new Uint8Array(segment.bytes / RESERVED_AT_ONCE);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Gives all steps that a range touches memory. @throws E_MEMORY */
  reserve(offset: number, bytes: number): void {
    const end = Math.ceil((offset + bytes) / RESERVED_AT_ONCE);
    this.#change(Math.floor(offset / RESERVED_AT_ONCE), end, 1);
  }

  /** Returns the steps that lie wholly in a free range to the system. */
  giveBack(offset: number, bytes: number): void {
    const end = Math.floor((offset + bytes) / RESERVED_AT_ONCE);
    this.#change(Math.ceil(offset / RESERVED_AT_ONCE), end, 0);
  }

  /** Brings the steps from `from` to `end` into a state, in as few calls as there are runs of the other state. */
  #change(from: number, end: number, state: 0 | 1): void {
    for (let first = from; first < end; first++) {
      if (this.#steps[first] === state) continue;
      let last = first;
      while (last + 1 < end && this.#steps[last + 1] !== state) last++;
      const bytes = (last + 1 - first) * RESERVED_AT_ONCE;
      if (state === 1) this.#source.reserve(this.#segment.id, first * RESERVED_AT_ONCE, bytes);
      else this.#source.giveBack(this.#segment.id, first * RESERVED_AT_ONCE, bytes);
      this.#steps.fill(state, first, last + 1);
      this.#bytes += state === 1 ? bytes : -bytes;
      first = last;
    }
  }
}
