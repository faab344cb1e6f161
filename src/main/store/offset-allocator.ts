/** Blocks begin at multiples of this: a cache line, and a multiple of every element size. */
export const ALIGNMENT = 64;

/**
 * Free blocks of similar size share a bin: 8 bins for each power of two, so sizes in a bin differ by 12.5 % at most.
 */
const BINS_PER_DOUBLING = 8;

/** A stretch of the space; meaningless once it is freed. */
export interface Block {
  readonly offset: number;
  readonly bytes: number;
}

/** Linked to its neighbours by address and, while it is free, to the others of its bin. */
class LinkedBlock implements Block {
  offset: number;
  bytes: number;
  free = false;
  before: LinkedBlock | null = null;
  after: LinkedBlock | null = null;
  binPrevious: LinkedBlock | null = null;
  binNext: LinkedBlock | null = null;

  constructor(offset: number, bytes: number) {
    this.offset = offset;
    this.bytes = bytes;
  }
}

/**
 * Hands out stretches of a space of `bytes` bytes and merges those that come back with their free neighbours; it never
 * touches the memory itself. Segregated fit, in time independent of the number of blocks but for the search of one bin
 * (M. Masmano et al., "TLSF: a new dynamic memory allocator for real-time systems", 2004).
 */
export class OffsetAllocator {
  /** The first free block of each bin. */
  readonly #bins: (LinkedBlock | null)[];
  readonly #first: LinkedBlock;

  constructor(bytes: number) {
    this.#bins = new Array(binOf(bytes) + 1).fill(null);
    this.#first = new LinkedBlock(0, Math.floor(bytes / ALIGNMENT) * ALIGNMENT);
    this.#addFree(this.#first);
  }

  /** A block of at least `bytes` bytes, or null when no free stretch is as long. */
  allocate(bytes: number): Block | null {
    const needed = Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
    const block = this.#find(needed);
    if (block === null) return null;
    this.#removeFree(block);
    if (block.bytes > needed) this.#split(block, needed);
    return block;
  }

  free(freed: Block): void {
    if (!(freed instanceof LinkedBlock) || freed.free)
      throw new Error(`The block at ${freed.offset} is not allocated.`);
    let block = freed;
    if (block.before?.free) {
      this.#removeFree(block.before);
      block = merge(block.before);
    }
    if (block.after?.free) {
      this.#removeFree(block.after);
      merge(block);
    }
    this.#addFree(block);
  }

  /** All free stretches by address. Not to be changed while it is read. */
  *freeRanges(): Generator<Block> {
    for (let block: LinkedBlock | null = this.#first; block !== null; block = block.after) {
      if (block.free) yield block;
    }
  }

  #find(needed: number): LinkedBlock | null {
    const own = binOf(needed);
    for (let block = this.#bins[own] ?? null; block !== null; block = block.binNext) {
      if (block.bytes >= needed) return block;
    }
    // In all later bins every block is long enough.
    for (let bin = own + 1; bin < this.#bins.length; bin++) {
      const block = this.#bins[bin];
      if (block !== null) return block;
    }
    return null;
  }

  #split(block: LinkedBlock, bytes: number): void {
    const rest = new LinkedBlock(block.offset + bytes, block.bytes - bytes);
    block.bytes = bytes;
    rest.before = block;
    rest.after = block.after;
    if (rest.after !== null) rest.after.before = rest;
    block.after = rest;
    this.#addFree(rest);
  }

  #addFree(block: LinkedBlock): void {
    const bin = binOf(block.bytes);
    const next = this.#bins[bin];
    block.free = true;
    block.binPrevious = null;
    block.binNext = next;
    if (next !== null) next.binPrevious = block;
    this.#bins[bin] = block;
  }

  #removeFree(block: LinkedBlock): void {
    block.free = false;
    if (block.binNext !== null) block.binNext.binPrevious = block.binPrevious;
    if (block.binPrevious !== null) block.binPrevious.binNext = block.binNext;
    else this.#bins[binOf(block.bytes)] = block.binNext;
    block.binPrevious = null;
    block.binNext = null;
  }
}

/** The bin of blocks of this size: the exponent of two, then its eighths. */
function binOf(bytes: number): number {
  const units = bytes / ALIGNMENT;
  const exponent = Math.floor(Math.log2(units));
  const eighth = Math.floor((units / 2 ** exponent - 1) * BINS_PER_DOUBLING);
  return exponent * BINS_PER_DOUBLING + eighth;
}

/** Joins a block with the one after it; neither is in a bin. */
function merge(block: LinkedBlock): LinkedBlock {
  const { after } = block;
  if (after === null) return block;
  block.bytes += after.bytes;
  block.after = after.after;
  if (block.after !== null) block.after.before = block;
  return block;
}
