import { SpareTime } from './spare-time.ts';

/** ms between two rounds: at most 30 a second. */
const EVERY = 33;
/** Longest round, ms: what is left waits for the next, so no item of a stream waits longer than this. */
const LONGEST = 4;
/**
 * Share of this thread's time that rounds may take beside a run, so that with what messages cost it is slower by no more
 * than 3 % (engine.md 9.1). Where the thread is not what the run waits for, their time comes from all cores alike.
 */
const SHARE = 0.013;
/** Cores that count for that: this thread also hands the others their work. */
const MOST_CORES = 4;
/** The same where the machine has time to spare, as with a camera: the run is not any slower for it. */
const SPARE_SHARE = 0.15;
/** The same for what a live source has given: it is worth most while it is new, and frames that come too fast are left out. */
const LIVE_SHARE = 0.3;

/** What a round leaves: nothing, pins that had no turn, or a run that goes on. */
export type Left = 'nothing' | 'pins' | 'run';

/** Repeats a piece of work as long as there is something to do; beside a run, in a small share of the time. */
export class Pace {
  readonly #round: () => Left;
  readonly #spareTime = new SpareTime();
  #timer: NodeJS.Timeout | undefined;
  #began = 0;
  /** When the next round may begin, and when at the earliest for an item of a live source. */
  #due = 0;
  #liveDue = 0;
  /** When the round comes that is waited for. */
  #timerDue = 0;

  constructor(round: () => Left) {
    this.#round = round;
  }

  /** Whether the round that goes on has used its time. */
  get roundIsOver(): boolean {
    return performance.now() - this.#began > LONGEST;
  }

  /** There is something to do. */
  soon(): void {
    if (this.#timer === undefined) this.#schedule(this.#due);
  }

  /** There is something to do that is soon out of date. */
  atOnce(): void {
    if (this.#timer === undefined || this.#liveDue < this.#timerDue) this.#schedule(this.#liveDue);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(due: number): void {
    clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(() => this.#work(), Math.max(0, due - performance.now()));
  }

  #work(): void {
    this.#timer = undefined;
    this.#began = performance.now();
    const left = this.#round();
    const ended = performance.now();
    this.#liveDue = this.#began + (ended - this.#began) / LIVE_SHARE;
    if (left === 'run') {
      this.#due = Math.max(this.#began + EVERY, this.#began + (ended - this.#began) / this.#share());
    } else {
      this.#due = ended;
    }
    if (left !== 'nothing') this.soon();
  }

  #share(): number {
    const { has, cores } = this.#spareTime;
    if (has === 'machine') return SPARE_SHARE;
    return has === 'thread' ? SHARE * Math.min(cores, MOST_CORES) : SHARE;
  }
}
