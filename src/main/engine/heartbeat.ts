/** The time that a body may take in an `await`. */
export interface Limit {
  readonly run: number;
  readonly node: number;
  /** Time of day, ms. */
  readonly deadline: number;
}

/** What the engine thread is at work on, as another thread sees it. `run` is the serial of the node's run. */
export interface Busy {
  readonly run: number;
  readonly node: number;
  readonly overdue: boolean;
}

/** ms after which the engine's own timer for a body that awaits must have run, or else the thread is held up. */
const LATE = 1000;

/**
 * What the engine thread is busy with, in shared memory, so that the host can tell which node spins and since when while
 * the thread itself cannot answer. Written before each call of a node's body: two stores.
 */
export class Heartbeat {
  static readonly BYTES = 32;
  readonly buffer: SharedArrayBuffer;
  /** [index of the node at work + 1, serial of its run] */
  readonly #busy: Int32Array;
  /** The same of the node whose limit ends first among those that await. */
  readonly #waiting: Int32Array;
  /** Time of day (ms) by which a body without `await` must have returned, and one that awaits settled; 0 for never. */
  readonly #deadlines: Float64Array;
  /** Of the bodies that await; known on the engine's thread only. */
  readonly #limits = new Set<Limit>();

  constructor(buffer = new SharedArrayBuffer(Heartbeat.BYTES)) {
    this.buffer = buffer;
    this.#busy = new Int32Array(buffer, 0, 2);
    this.#waiting = new Int32Array(buffer, 8, 2);
    this.#deadlines = new Float64Array(buffer, 16, 2);
  }

  enter(run: number, node: number, timeoutSeconds: number | undefined): void {
    this.#deadlines[0] = timeoutSeconds === undefined ? 0 : Date.now() + timeoutSeconds * 1000;
    this.#busy[1] = run;
    this.#busy[0] = node + 1;
  }

  leave(): void {
    this.#busy[0] = 0;
  }

  /** A body has returned a promise, which must settle in time. */
  wait(run: number, node: number, timeoutSeconds: number): Limit {
    const limit = { run, node, deadline: Date.now() + timeoutSeconds * 1000 };
    this.#limits.add(limit);
    this.#publish();
    return limit;
  }

  /** The promise has settled, or nobody waits for it any more. */
  lift(limit: Limit): void {
    this.#limits.delete(limit);
    this.#publish();
  }

  /**
   * The node at work, seen from another thread. When none is, yet the limit of one that awaits has long passed, then
   * that one does not let go of the thread after an `await`.
   */
  get busy(): Busy | null {
    const node = Atomics.load(this.#busy, 0) - 1;
    const now = Date.now();
    const [atWork, waiting] = this.#deadlines;
    if (node >= 0) return { run: Atomics.load(this.#busy, 1), node, overdue: atWork > 0 && now > atWork };
    if (waiting === 0 || now < waiting + LATE) return null;
    return { run: Atomics.load(this.#waiting, 1), node: Atomics.load(this.#waiting, 0) - 1, overdue: true };
  }

  #publish(): void {
    let first: Limit | undefined;
    for (const limit of this.#limits) if (first === undefined || limit.deadline < first.deadline) first = limit;
    this.#deadlines[1] = 0;
    if (first === undefined) return;
    Atomics.store(this.#waiting, 1, first.run);
    Atomics.store(this.#waiting, 0, first.node + 1);
    this.#deadlines[1] = first.deadline;
  }
}
