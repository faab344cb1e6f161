/** Counts how often each object is held, to know the first and the last time. */
export class IdentityCounts<T extends object> {
  readonly #counts = new Map<T, number>();

  /** True when the object was not held before. */
  add(object: T): boolean {
    const count = this.#counts.get(object) ?? 0;
    this.#counts.set(object, count + 1);
    return count === 0;
  }

  /** True when the object is held no more. */
  remove(object: T): boolean {
    const count = this.#counts.get(object) ?? 0;
    if (count > 1) this.#counts.set(object, count - 1);
    else this.#counts.delete(object);
    return count === 1;
  }
}
