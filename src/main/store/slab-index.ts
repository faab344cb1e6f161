import { ALIGNMENT } from './offset-allocator.ts';
import type { Slab } from './slab.ts';

/** Finds the slab of a segment that an offset lies in, so that any view into a slab leads to it. */
export class SlabIndex {
  readonly #slabs = new Map<number, Slab>();
  /** One bit for each place where a slab may begin. */
  readonly #starts: Uint32Array;

  constructor(bytes: number) {
    this.#starts = new Uint32Array(Math.ceil(bytes / ALIGNMENT / 32));
  }

  get size(): number {
    return this.#slabs.size;
  }

  add(slab: Slab): void {
    const place = slab.offset / ALIGNMENT;
    this.#slabs.set(place, slab);
    this.#starts[place >>> 5] |= 1 << (place & 31);
  }

  remove(slab: Slab): void {
    const place = slab.offset / ALIGNMENT;
    this.#slabs.delete(place);
    this.#starts[place >>> 5] &= ~(1 << (place & 31));
  }

  /** The slab that begins at `offset`. */
  startingAt(offset: number): Slab | undefined {
    return this.#slabs.get(offset / ALIGNMENT);
  }

  /** The slab that `offset` lies in. */
  containing(offset: number): Slab | undefined {
    const place = Math.floor(offset / ALIGNMENT);
    let word = place >>> 5;
    let starts = this.#starts[word] & (0xffff_ffff >>> (31 - (place & 31)));
    while (starts === 0 && word > 0) starts = this.#starts[--word];
    const slab = this.#slabs.get(word * 32 + 31 - Math.clz32(starts));
    return slab !== undefined && offset < slab.offset + slab.block.bytes ? slab : undefined;
  }
}
