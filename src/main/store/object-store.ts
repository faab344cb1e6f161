import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Arena, ArenaStats } from './arena.ts';
import { CallScope } from './call-scope.ts';
import { type Contents, GatheredContents } from './contents.ts';
import { IdentityCounts } from './identity-counts.ts';
import { inspectValue, isReference, type Memory } from './inspect-value.ts';
import type { Slab } from './slab.ts';

/** What an emitted value needs, counted by the value's holders. */
export class Hold implements Contents {
  readonly slabs: ReadonlySet<Slab>;
  readonly heap: ReadonlySet<Memory>;
  readonly disposables: ReadonlySet<object>;
  readonly textBytes: number;
  /** Bytes that the value occupies, in the arena and on the heap. */
  readonly bytes: number;
  /** Consumers that wait for the value, cache, previews, the node that keeps it. Counted by the store. */
  holders = 1;

  constructor({ slabs, heap, disposables, textBytes }: Contents) {
    this.slabs = slabs;
    this.heap = heap;
    this.disposables = disposables;
    this.textBytes = textBytes;
    let bytes = textBytes;
    for (const slab of slabs) bytes += slab.length;
    for (const memory of heap) bytes += memory.byteLength;
    this.bytes = bytes;
  }
}

export interface StoreStats {
  readonly arena: ArenaStats;
  /** Bytes of held typed arrays and text off the arena. */
  readonly heapBytes: number;
  readonly heapPeakBytes: number;
}

/**
 * Keeps the values that flow between nodes. A value is passed by reference and never copied; the store counts the
 * holders of what it needs, and frees memory and disposes resources with the last one.
 */
export class ObjectStore {
  readonly #arena: Arena;
  readonly #onDisposeError: (error: unknown) => void;
  readonly #heapHolders = new IdentityCounts<Memory>();
  readonly #disposableHolders = new IdentityCounts<object>();
  readonly #disposals = new Set<Promise<void>>();
  #heapBytes = 0;
  #heapPeakBytes = 0;

  /** `onDisposeError` is told when a value's own dispose method fails. */
  constructor(arena: Arena, onDisposeError: (error: unknown) => void) {
    this.#arena = arena;
    this.#onDisposeError = onDisposeError;
  }

  openScope(): CallScope {
    return new CallScope(this.#arena);
  }

  /**
   * Takes a value that a node gives out, with one holder: the caller. Null for a value that needs no holding.
   *
   * `scope`, `inputs` and `kept` are all that the node could see: an opaque value may refer to any of it, so it holds
   * it all (docs/decisions/003-opaque-values.md). Emit outputs before releasing the inputs they may consist of.
   * @throws E_STALE_HANDLE when the value lies in memory that was given back.
   */
  emit(
    value: unknown,
    scope: CallScope | null,
    inputs: readonly (Hold | null)[],
    kept: Iterable<Hold> = NOTHING_KEPT,
  ): Hold | null {
    if (!isReference(value)) return null;
    const contents = new GatheredContents(this.#arena);
    inspectValue(value, contents);
    if (contents.isOpaque) {
      for (const slab of scope?.slabs ?? []) contents.slabs.add(slab);
      for (const hold of inputs) if (hold !== null) contents.addAllOf(hold);
      for (const hold of kept) contents.addAllOf(hold);
    }
    return contents.isEmpty ? null : this.#take(new Hold(contents));
  }

  retain(hold: Hold): void {
    if (hold.holders === 0) throw released();
    hold.holders++;
  }

  release(hold: Hold): void {
    if (hold.holders === 0) throw released();
    hold.holders--;
    if (hold.holders === 0) this.#drop(hold);
  }

  /** Whether held values take more than the budget: sources should wait. */
  get overBudget(): boolean {
    return this.heldBytes > this.#arena.budgetBytes;
  }

  /** Bytes of held values, in the arena and outside of it. */
  get heldBytes(): number {
    return this.#arena.liveBytes + this.#heapBytes;
  }

  stats(): StoreStats {
    return { arena: this.#arena.stats(), heapBytes: this.#heapBytes, heapPeakBytes: this.#heapPeakBytes };
  }

  /** Resolves when the asynchronous disposals begun so far have ended. */
  async disposalsEnded(): Promise<void> {
    await Promise.all(this.#disposals);
  }

  #take(hold: Hold): Hold {
    for (const slab of hold.slabs) this.#arena.retain(slab);
    for (const value of hold.disposables) this.#disposableHolders.add(value);
    for (const memory of hold.heap) if (this.#heapHolders.add(memory)) this.#heapBytes += memory.byteLength;
    this.#heapBytes += hold.textBytes;
    this.#heapPeakBytes = Math.max(this.#heapPeakBytes, this.#heapBytes);
    return hold;
  }

  #drop(hold: Hold): void {
    for (const memory of hold.heap) if (this.#heapHolders.remove(memory)) this.#heapBytes -= memory.byteLength;
    this.#heapBytes -= hold.textBytes;

    const unfinished: Promise<void>[] = [];
    for (const value of hold.disposables) {
      if (this.#disposableHolders.remove(value)) this.#dispose(value, unfinished);
    }
    // What is being disposed may still use its memory.
    if (unfinished.length === 0) this.#releaseSlabs(hold);
    else this.#track(Promise.all(unfinished).then(() => this.#releaseSlabs(hold)));
  }

  #releaseSlabs(hold: Hold): void {
    for (const slab of hold.slabs) this.#arena.release(slab);
  }

  #dispose(value: Partial<Disposable & AsyncDisposable>, unfinished: Promise<void>[]): void {
    try {
      const dispose = value[Symbol.dispose] ?? value[Symbol.asyncDispose];
      const ended = dispose?.call(value);
      if (ended !== undefined) unfinished.push(Promise.resolve(ended).catch(this.#onDisposeError));
    } catch (error) {
      this.#onDisposeError(error);
    }
  }

  #track(disposal: Promise<void>): void {
    this.#disposals.add(disposal);
    disposal.finally(() => this.#disposals.delete(disposal));
  }
}

const NOTHING_KEPT: readonly Hold[] = [];

function released(): WeftError {
  return new WeftError('E_INTERNAL', 'A value was released more often than it was held.');
}
