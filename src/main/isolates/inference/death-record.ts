/** So many deaths within `WINDOW` ms block a model (engine.md 8.3). */
const LIMIT = 3;
const WINDOW = 5 * 60_000;

/** When a model last killed the processes that ran it. */
export class DeathRecord {
  /** Times of the latest deaths of each model, ms of the monotonic clock. */
  readonly #deaths = new Map<string, number[]>();

  add(model: string): void {
    this.#deaths.set(model, [...this.#recent(model), performance.now()]);
  }

  blocks(model: string): boolean {
    return this.#recent(model).length >= LIMIT;
  }

  forget(model: string): void {
    this.#deaths.delete(model);
  }

  #recent(model: string): number[] {
    const now = performance.now();
    return (this.#deaths.get(model) ?? []).filter((time) => now - time < WINDOW);
  }
}
