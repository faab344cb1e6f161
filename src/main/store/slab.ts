import type { Block } from './offset-allocator.ts';
import type { Segment } from './segment.ts';

/** A slab as it is named to another process or kept in a message. */
export interface SlabHandle {
  readonly segment: number;
  /** Bytes from the start of the segment. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  /** Differs for every allocation, so that a handle outliving its slab is noticed. */
  readonly generation: number;
}

/** A stretch of the arena that holds one value's elements. */
export class Slab {
  readonly segment: Segment;
  /** What the allocator gave: `length` bytes, rounded up. */
  readonly block: Block;
  readonly length: number;
  readonly generation: number;
  /** Counted by the arena: uses that keep the content. */
  holders = 1;
  /** Counted by the arena: other processes that may still read or write it. */
  loans = 0;

  constructor(segment: Segment, block: Block, length: number, generation: number) {
    this.segment = segment;
    this.block = block;
    this.length = length;
    this.generation = generation;
  }

  /** Bytes from the start of the segment. */
  get offset(): number {
    return this.block.offset;
  }

  /** With `byteOffset`, what a typed array over the slab is made of. */
  get buffer(): SharedArrayBuffer {
    return this.segment.buffer;
  }

  get byteOffset(): number {
    return this.segment.start + this.offset;
  }
}
