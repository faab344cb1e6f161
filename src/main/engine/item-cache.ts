import type { Hold } from '../store/object-store.ts';
import { type FileTrace, isUnchanged } from './file-trace.ts';

/** Outputs of one node for one item. */
export interface ItemResult {
  /** By output, in the signature's order. */
  readonly values: readonly unknown[];
  /** What keeps each value's memory; null where a value needs nothing. */
  readonly holds: readonly (Hold | null)[];
  /** Files that the outputs depend on, through all nodes before. */
  readonly files: FileTrace | null;
  readonly bytes: number;
}

/** Results for the items of streams, of the nodes whose policy keeps them; the oldest go first. */
export class ItemCache {
  readonly #results = new Map<string, ItemResult>();
  readonly #release: (hold: Hold) => void;

  constructor(release: (hold: Hold) => void) {
    this.#release = release;
  }

  /** The result, if the files it comes from are as they were. */
  get(key: string): ItemResult | undefined {
    const result = this.#results.get(key);
    if (result === undefined) return undefined;
    this.#results.delete(key);
    if (result.files !== null && !isUnchanged(result.files, new Map())) {
      this.#forget(result);
      return undefined;
    }
    this.#results.set(key, result);
    return result;
  }

  /** Takes over the holds of `result`. */
  put(key: string, result: ItemResult): void {
    const old = this.#results.get(key);
    if (old !== undefined) this.#forget(old);
    this.#results.set(key, result);
  }

  /** What holds an output, by its place, of a node for the items that are kept; `key` is the node's. */
  holdsOf(key: string, output: number): Hold[] {
    return [...this.#results].flatMap(([item, { holds }]) => (item.startsWith(`${key}#`) ? (holds[output] ?? []) : []));
  }

  /** Bytes that nobody else holds. */
  get bytes(): number {
    let bytes = 0;
    for (const { holds } of this.#results.values()) {
      for (const hold of holds) if (hold?.holders === 1) bytes += hold.bytes;
    }
    return bytes;
  }

  /** Gives back about `bytes`, the oldest results first; returns how many it gave back. */
  evict(bytes: number): number {
    let freed = 0;
    for (const [key, result] of this.#results) {
      if (freed >= bytes) break;
      this.#results.delete(key);
      this.#forget(result);
      freed += result.bytes;
    }
    return freed;
  }

  clear(): void {
    for (const result of this.#results.values()) this.#forget(result);
    this.#results.clear();
  }

  #forget(result: ItemResult): void {
    for (const hold of result.holds) if (hold !== null) this.#release(hold);
  }
}
