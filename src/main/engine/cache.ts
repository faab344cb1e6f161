import { type FileTrace, isUnchanged } from './file-trace.ts';

/** Outputs of one node, kept for the next run. */
export interface CacheEntry<H> {
  /** By output, in the signature's order. */
  readonly values: readonly unknown[];
  /** What keeps each value's memory; null where a value needs nothing. */
  readonly holds: readonly (H | null)[];
  /** Files that the outputs depend on, through all nodes before. */
  readonly files: FileTrace | null;
  readonly bytes: number;
}

/**
 * Outputs by provenance key, in the memory of one engine, least recently used first out (engine.md 7). An entry whose
 * files have changed since is dropped when it is looked up.
 */
export class Cache<H> {
  readonly #entries = new Map<string, CacheEntry<H>>();
  readonly #release: (hold: H) => void;
  #bytes = 0;

  constructor(release: (hold: H) => void) {
    this.#release = release;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry, if its files are as they were. `stats` remembers what was asked of the disk within one run. */
  get(key: string, stats: Map<string, string>): CacheEntry<H> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.files !== null && !isUnchanged(entry.files, stats)) {
      this.#forget(entry);
      return undefined;
    }
    this.#entries.set(key, entry);
    return entry;
  }

  /** Takes over the holds of `entry`. */
  put(key: string, entry: CacheEntry<H>): void {
    const old = this.#entries.get(key);
    if (old !== undefined) {
      this.#entries.delete(key);
      this.#forget(old);
    }
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
  }

  /** Drops old entries until `bytes` are free or none is left; tells whether anything was dropped. */
  evict(bytes: number): boolean {
    const goal = this.#bytes - bytes;
    let dropped = false;
    for (const [key, entry] of this.#entries) {
      if (dropped && this.#bytes <= goal) break;
      if (entry.bytes === 0) continue;
      this.#entries.delete(key);
      this.#forget(entry);
      dropped = true;
    }
    return dropped;
  }

  clear(): void {
    for (const entry of this.#entries.values()) this.#forget(entry);
    this.#entries.clear();
  }

  #forget(entry: CacheEntry<H>): void {
    this.#bytes -= entry.bytes;
    for (const hold of entry.holds) if (hold !== null) this.#release(hold);
  }
}
