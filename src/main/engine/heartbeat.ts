/**
 * What the engine thread is busy with, in shared memory, so that the host can tell which node spins and since when while
 * the thread itself cannot answer. Written before each call of a node's body: two stores.
 */
export class Heartbeat {
  static readonly BYTES = 16;
  readonly buffer: SharedArrayBuffer;
  /** [index of the node at work + 1, serial of its run] */
  readonly #busy: Int32Array;
  /** Time of day (ms) by which a body without `await` must have returned; 0 for never. */
  readonly #deadline: Float64Array;

  constructor(buffer = new SharedArrayBuffer(Heartbeat.BYTES)) {
    this.buffer = buffer;
    this.#busy = new Int32Array(buffer, 0, 2);
    this.#deadline = new Float64Array(buffer, 8, 1);
  }

  enter(run: number, node: number, timeoutSeconds: number | undefined): void {
    this.#deadline[0] = timeoutSeconds === undefined ? 0 : Date.now() + timeoutSeconds * 1000;
    this.#busy[1] = run;
    this.#busy[0] = node + 1;
  }

  leave(): void {
    this.#busy[0] = 0;
  }

  /** The node at work, seen from another thread. */
  get busy(): { run: number; node: number; overdue: boolean } | null {
    const node = Atomics.load(this.#busy, 0) - 1;
    if (node < 0) return null;
    const deadline = this.#deadline[0];
    return { run: Atomics.load(this.#busy, 1), node, overdue: deadline > 0 && Date.now() > deadline };
  }
}
