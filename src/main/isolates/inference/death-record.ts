import type { Model } from '../../../shared/node-api/model.ts';

/** So many deaths within `WINDOW` ms block a model (engine.md 8.3). */
const LIMIT = 3;
const WINDOW = 5 * 60_000;

/** When a model last killed the processes that ran it, for each backend apart. */
export class DeathRecord {
  /** Times of the latest deaths of each model on each backend, ms of the monotonic clock. */
  readonly #deaths = new Map<string, number[]>();

  add(model: Model): void {
    this.#deaths.set(keyOf(model), [...this.#recent(model), performance.now()]);
  }

  blocks(model: Model): boolean {
    return this.#recent(model).length >= LIMIT;
  }

  forget(model: Model): void {
    this.#deaths.delete(keyOf(model));
  }

  #recent(model: Model): number[] {
    const now = performance.now();
    return (this.#deaths.get(keyOf(model)) ?? []).filter((time) => now - time < WINDOW);
  }
}

function keyOf({ digest, backend }: Model): string {
  return `${backend} ${digest}`;
}
