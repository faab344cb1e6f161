import type { CallScope } from './call-scope.ts';
import type { Hold, ObjectStore } from './object-store.ts';

/** Values that an open node holds past its calls with `ctx.keep`, until it releases them or closes. */
export class KeptValues {
  readonly #store: ObjectStore;
  readonly #holds = new Map<unknown, Hold>();
  #closed = false;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  get holds(): Iterable<Hold> {
    return this.#holds.values();
  }

  /**
   * `scope` and `inputs` are those of the call that keeps the value. Keeping a value again changes nothing, and nothing is
   * held for a node that has closed: only a body that was given up can still ask for it.
   */
  keep(value: unknown, scope: CallScope | null, inputs: readonly (Hold | null)[]): void {
    if (this.#closed || this.#holds.has(value)) return;
    const hold = this.#store.emit(value, scope, inputs, this.holds);
    if (hold !== null) this.#holds.set(value, hold);
  }

  release(value: unknown): void {
    const hold = this.#holds.get(value);
    if (hold === undefined) return;
    this.#holds.delete(value);
    this.#store.release(hold);
  }

  close(): void {
    this.#closed = true;
    for (const value of [...this.#holds.keys()]) this.release(value);
  }
}
