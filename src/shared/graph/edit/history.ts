import { diffBytes } from './diff-bytes.ts';
import type { GraphDiff } from './graph-diff.ts';

/** One step that can be undone as a whole. */
export interface HistoryStep {
  /** Its place among all steps ever made: 1, 2, 3 … */
  readonly number: number;
  readonly label: string;
  readonly diff: GraphDiff;
  /** Memory that the diff takes. */
  readonly bytes: number;
}

/**
 * The steps that led to the document as it is, and those that were undone and can be done again. As deep as its memory
 * allows: the oldest steps go first, and the newest always stays, so that the last edit can be undone however large.
 */
export class History {
  readonly #limit: number;
  #steps: HistoryStep[] = [];
  #position = 0;
  #bytes = 0;
  #made = 0;
  /** Number of the step that led to the oldest version that can be gone back to; 0 for the document as opened. */
  #base = 0;

  /** @param limit memory that all steps may take together, in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Oldest first. */
  get steps(): readonly HistoryStep[] {
    return this.#steps;
  }

  /** How many of the steps are in effect. */
  get position(): number {
    return this.#position;
  }

  /** Memory that the steps take, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Stands for the version of the document that is shown: the number of the step that made it. */
  get version(): number {
    return this.#position === 0 ? this.#base : this.#steps[this.#position - 1].number;
  }

  /** Adds a step in effect. The undone ones are gone, for they do not fit the document any more. */
  push(label: string, diff: GraphDiff): void {
    for (const undone of this.#steps.splice(this.#position)) this.#bytes -= undone.bytes;
    const step = { number: ++this.#made, label, diff, bytes: diffBytes(diff) };
    this.#steps.push(step);
    this.#bytes += step.bytes;
    let dropped = 0;
    while (this.#bytes > this.#limit && dropped < this.#steps.length - 1) this.#bytes -= this.#steps[dropped++].bytes;
    if (dropped > 0) {
      this.#base = this.#steps[dropped - 1].number;
      this.#steps = this.#steps.slice(dropped);
    }
    this.#position = this.#steps.length;
  }

  /** Steps to undo (last first) or to do again, to get from here to where `position` of them are in effect. */
  moveTo(position: number): { readonly direction: 'forward' | 'back'; readonly diffs: readonly GraphDiff[] } {
    const from = this.#position;
    this.#position = position;
    const steps = this.#steps.slice(Math.min(from, position), Math.max(from, position)).map(({ diff }) => diff);
    return position < from ? { direction: 'back', diffs: steps.reverse() } : { direction: 'forward', diffs: steps };
  }
}
