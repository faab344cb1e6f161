/** A frame that is due within this share of the time between two is worth waiting for. */
const SOON = 1 / 3;
/** Frames come a little late at times, ms. */
const LATE = 4;
/** How much the newest of the times between two frames counts. */
const NEWEST = 1 / 8;

/** When the frames of a camera come. */
export class FrameRhythm {
  #last: number | null = null;
  /** Between two frames, ms. */
  #interval: number | null = null;

  /** A frame has come at `now`, ms. */
  beat(now: number): void {
    if (this.#last !== null) {
      const passed = now - this.#last;
      this.#interval = this.#interval === null ? passed : this.#interval + (passed - this.#interval) * NEWEST;
    }
    this.#last = now;
  }

  /** Time within which the next frame comes, ms, where that is so soon that the last one is nearly out of date; else null. */
  nextWithin(now: number): number | null {
    if (this.#last === null || this.#interval === null) return null;
    const due = this.#last + this.#interval - now;
    return due > 0 && due < this.#interval * SOON ? due + LATE : null;
  }
}
