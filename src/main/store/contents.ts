import type { Arena } from './arena.ts';
import type { Memory, ValueVisitor } from './inspect-value.ts';
import type { Slab } from './slab.ts';

/** What must live as long as a value does. */
export interface Contents {
  readonly slabs: ReadonlySet<Slab>;
  /** Typed arrays and buffers off the arena. */
  readonly heap: ReadonlySet<Memory>;
  readonly disposables: ReadonlySet<object>;
  readonly textBytes: number;
}

/** Gathers what a value needs while it is inspected. */
export class GatheredContents implements Contents, ValueVisitor {
  readonly slabs = new Set<Slab>();
  readonly heap = new Set<Memory>();
  readonly disposables = new Set<object>();
  textBytes = 0;
  isOpaque = false;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get isEmpty(): boolean {
    return this.slabs.size + this.heap.size + this.disposables.size + this.textBytes === 0;
  }

  memory(memory: Memory): void {
    const slab = ArrayBuffer.isView(memory) ? this.#arena.slabOf(memory) : undefined;
    if (slab !== undefined) this.slabs.add(slab);
    else this.heap.add(memory);
  }

  text(text: string): void {
    this.textBytes += 2 * text.length;
  }

  disposable(value: object): void {
    this.disposables.add(value);
  }

  opaque(): void {
    this.isOpaque = true;
  }

  addAllOf(other: Contents): void {
    for (const slab of other.slabs) this.slabs.add(slab);
    for (const memory of other.heap) this.heap.add(memory);
    for (const value of other.disposables) this.disposables.add(value);
  }
}
