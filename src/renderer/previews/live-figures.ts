/** How a live picture has fared of late. */
export interface LiveFigures {
  /** Pictures shown a second. */
  readonly fps: number;
  /** Time from the capture of a picture until it was shown, ms: the middle one of many. Null where nobody has told. */
  readonly latency: number | null;
}

/** Counts the pictures of a live source as they are shown. */
export class LiveMeter {
  #shown: { readonly at: number; readonly age: number | null }[] = [];

  /** A picture was shown, `at` ms since the epoch. `takenAt`: when it was captured, by the same clock. */
  show(at: number, takenAt: number | null): void {
    this.#shown.push({ at, age: takenAt === null ? null : at - takenAt });
    this.#forget(at);
  }

  /** Null until there is enough to tell. */
  figures(now: number): LiveFigures | null {
    this.#forget(now);
    const [first] = this.#shown;
    const last = this.#shown.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return null;
    const ages = this.#shown.flatMap(({ age }) => (age === null ? [] : [age])).sort((a, b) => a - b);
    const latency = ages.at(Math.floor(ages.length / 2)) ?? null;
    return { fps: ((this.#shown.length - 1) * 1000) / (last.at - first.at), latency };
  }

  #forget(now: number): void {
    this.#shown = this.#shown.filter(({ at }) => now - at < SPAN);
  }
}

/** ms that the figures are about. */
const SPAN = 2000;
