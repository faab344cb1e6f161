/** A piece of work in a run, ms since the run began. */
export interface Span {
  readonly node: string;
  /** Null for a node that runs once. */
  readonly item: number | null;
  readonly start: number;
  readonly end: number;
  /** Where it worked beside the engine, as `inference cpu`; null for the node's own body. */
  readonly isolate: string | null;
}

/** Spans that are kept: the newest. */
const CAPACITY = 20_000;

/** Records when each node of a run was at work, in columns that do not grow. */
export class Recorder {
  readonly #began = performance.now();
  readonly #nodes = new Int32Array(CAPACITY);
  /** -1 for none. */
  readonly #items = new Int32Array(CAPACITY);
  readonly #starts = new Float64Array(CAPACITY);
  readonly #ends = new Float64Array(CAPACITY);
  /** Index of the isolate's name + 1; 0 for none. */
  readonly #isolates = new Uint8Array(CAPACITY);
  readonly #isolateNames: string[] = [];
  /** Spans so far, with those that are no longer kept. */
  #count = 0;

  /** The work of `ms` on a node, by index, ends now. `item` -1: the node runs once. */
  add(node: number, item: number, ms: number, isolate: string | null = null): void {
    const at = this.#count++ % CAPACITY;
    const end = performance.now() - this.#began;
    this.#nodes[at] = node;
    this.#items[at] = item;
    this.#starts[at] = end - ms;
    this.#ends[at] = end;
    this.#isolates[at] = isolate === null ? 0 : this.#numberOf(isolate);
  }

  /** Oldest first; `ids` are the ids of the nodes, by index. */
  spans(ids: readonly string[]): Span[] {
    const kept = Math.min(this.#count, CAPACITY);
    return Array.from({ length: kept }, (_, k) => {
      const at = (this.dropped + k) % CAPACITY;
      return {
        node: ids[this.#nodes[at]],
        item: this.#items[at] < 0 ? null : this.#items[at],
        start: this.#starts[at],
        end: this.#ends[at],
        isolate: this.#isolateNames[this.#isolates[at] - 1] ?? null,
      };
    });
  }

  get dropped(): number {
    return Math.max(0, this.#count - CAPACITY);
  }

  #numberOf(isolate: string): number {
    const known = this.#isolateNames.indexOf(isolate);
    return known === -1 ? this.#isolateNames.push(isolate) : known + 1;
  }
}
