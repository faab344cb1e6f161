import { SpareTime } from './spare-time.ts';

/** ms between two rounds: at most 30 a second. */
const EVERY = 33;
/** Longest round, ms: what is left waits for the next, so no item of a stream waits longer than this. */
const LONGEST = 4;
/** Share of the time that rounds may take beside a run: with what messages cost, they stay below 3 % (engine.md 9.1). */
const SHARE = 0.02;
/** The same where the machine has time to spare, as with a camera: the run is not any slower for it. */
const SPARE_SHARE = 0.15;

/** What a round leaves: nothing, pins that had no turn, or a run that goes on. */
export type Left = 'nothing' | 'pins' | 'run';

/** Repeats a piece of work as long as there is something to do; beside a run, in a small share of the time. */
export class Pace {
  readonly #round: () => Left;
  readonly #spareTime = new SpareTime();
  #timer: NodeJS.Timeout | undefined;
  #began = 0;
  /** When the next round may begin. */
  #due = 0;

  constructor(round: () => Left) {
    this.#round = round;
  }

  /** Whether the round that goes on has used its time. */
  get roundIsOver(): boolean {
    return performance.now() - this.#began > LONGEST;
  }

  /** There is something to do. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.#work(), Math.max(0, this.#due - performance.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #work(): void {
    this.#timer = undefined;
    this.#began = performance.now();
    const left = this.#round();
    const ended = performance.now();
    if (left === 'run') {
      const share = this.#spareTime.isThere ? SPARE_SHARE : SHARE;
      this.#due = Math.max(this.#began + EVERY, this.#began + (ended - this.#began) / share);
    } else {
      this.#due = ended;
    }
    if (left !== 'nothing') this.soon();
  }
}
