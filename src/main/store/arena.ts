import { totalmem } from 'node:os';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { OffsetAllocator } from './offset-allocator.ts';
import { Reservation } from './reservation.ts';
import type { Segment, SegmentSource, Sharing } from './segment.ts';
import { Slab, type SlabHandle } from './slab.ts';
import { SlabIndex } from './slab-index.ts';

export interface ArenaOptions {
  /** Most bytes in slabs at one time; half of the memory that this process may have by default. */
  readonly budgetBytes?: number;
  /** Fills freed slabs with 0xDB, so that a use after the end shows. For tests. */
  readonly poison?: boolean;
  /** Asked to free about `bytes` bytes when an allocation does not fit; true when it freed something. */
  readonly onPressure?: (bytes: number) => boolean;
}

export interface ArenaStats {
  readonly sharing: Sharing;
  /** Bytes in slabs now, with those in quarantine. */
  readonly liveBytes: number;
  readonly peakBytes: number;
  /** Bytes of memory taken from the system. */
  readonly reservedBytes: number;
  readonly slabs: number;
  readonly loans: number;
}

/** Another process may use the slab until `end`, which may be called more than once. */
export interface Loan {
  end(): void;
}

const POISON = 0xdb;

/** Frees between two looks at how much memory is still of use. */
const FREES_BETWEEN_TRIMS = 256;

/**
 * Memory for the elements of tensors and pictures: slabs in segments that every isolate can map, so that values reach
 * other processes without a copy. Slabs are counted by holder and freed with the last one, but not while they are lent:
 * an isolate that was given up may still write, and must not hit a new owner.
 */
export class Arena {
  readonly budgetBytes: number;
  readonly #source: SegmentSource;
  readonly #poison: boolean;
  readonly #onPressure: (bytes: number) => boolean;
  readonly #parts: Part[] = [];
  readonly #partOfBuffer = new Map<ArrayBufferLike, Part>();
  #generation = 0;
  #liveBytes = 0;
  #peakBytes = 0;
  #loans = 0;
  #frees = 0;
  /** Peak since the last trim. */
  #recentPeakBytes = 0;

  constructor(source: SegmentSource, options: ArenaOptions = {}) {
    this.#source = source;
    this.budgetBytes = options.budgetBytes ?? halfOfMemory();
    this.#poison = options.poison ?? false;
    this.#onPressure = options.onPressure ?? (() => false);
  }

  /**
   * A slab of `bytes` bytes with undefined content, aligned to 64 bytes, held once: by the caller.
   * @throws E_MEMORY; RangeError when `bytes` is not a whole number from 0.
   */
  allocate(bytes: number): Slab {
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`A slab cannot have ${bytes} bytes.`);
    while (this.#liveBytes + bytes > this.budgetBytes) {
      if (!this.#onPressure(this.#liveBytes + bytes - this.budgetBytes)) throw this.#overBudget(bytes);
    }
    const slab = this.#place(bytes);
    this.#liveBytes += slab.block.bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#liveBytes);
    this.#recentPeakBytes = Math.max(this.#recentPeakBytes, this.#liveBytes);
    return slab;
  }

  /** Bytes in slabs now, with those in quarantine. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** The slab that a typed array lies in; undefined for one on the heap. @throws E_STALE_HANDLE when it was freed. */
  slabOf(view: ArrayBufferView): Slab | undefined {
    const part = this.#partOfBuffer.get(view.buffer);
    if (part === undefined) return undefined;
    const slab = part.slabs.containing(view.byteOffset - part.segment.start);
    if (slab === undefined || slab.holders === 0) throw stale();
    return slab;
  }

  retain(slab: Slab): void {
    if (slab.holders === 0) throw stale();
    slab.holders++;
  }

  release(slab: Slab): void {
    if (slab.holders === 0) throw stale();
    slab.holders--;
    this.#freeIfUnused(slab);
  }

  handleOf(slab: Slab): SlabHandle {
    return { segment: slab.segment.id, offset: slab.offset, length: slab.length, generation: slab.generation };
  }

  /** The slab of a handle. @throws E_STALE_HANDLE when it was freed, or given up while lent. */
  resolve(handle: SlabHandle): Slab {
    const part = this.#parts.find(({ segment }) => segment.id === handle.segment);
    const slab = part?.slabs.startingAt(handle.offset);
    if (slab === undefined || slab.generation !== handle.generation || slab.holders === 0) throw stale();
    return slab;
  }

  /** Keeps the slab from being freed until the process it is lent to has answered or is dead. */
  lend(slab: Slab): Loan {
    if (slab.holders === 0) throw stale();
    slab.loans++;
    this.#loans++;
    let ended = false;
    return {
      end: () => {
        if (ended) return;
        ended = true;
        slab.loans--;
        this.#loans--;
        this.#freeIfUnused(slab);
      },
    };
  }

  /** Gives free memory back to the system until about `keepBytes` are left. To be called when a run has ended. */
  trim(keepBytes = 0): void {
    for (const { allocator, reservation } of this.#parts.toReversed()) {
      for (const { offset, bytes } of allocator.freeRanges()) {
        if (this.#reservedBytes() <= keepBytes) return;
        reservation.giveBack(offset, bytes);
      }
    }
  }

  stats(): ArenaStats {
    const source = this.#source;
    return {
      // Not before it is asked for: finding out takes the host 10 ms the first time.
      get sharing() {
        return source.sharing;
      },
      liveBytes: this.#liveBytes,
      peakBytes: this.#peakBytes,
      reservedBytes: this.#reservedBytes(),
      slabs: this.#parts.reduce((sum, { slabs }) => sum + slabs.size, 0),
      loans: this.#loans,
    };
  }

  #place(bytes: number): Slab {
    for (;;) {
      try {
        for (const part of this.#parts) {
          const slab = this.#placeIn(part, bytes);
          if (slab !== null) return slab;
        }
        this.#addPart(this.#source.create(bytes));
      } catch (error) {
        if (!(error instanceof WeftError && error.code === 'E_MEMORY' && this.#makeRoom(bytes))) throw error;
      }
    }
  }

  #placeIn(part: Part, bytes: number): Slab | null {
    const block = part.allocator.allocate(bytes);
    if (block === null) return null;
    try {
      part.reservation.reserve(block.offset, block.bytes);
    } catch (error) {
      part.allocator.free(block);
      throw error;
    }
    const slab = new Slab(part.segment, block, bytes, ++this.#generation);
    part.slabs.add(slab);
    return slab;
  }

  /** Memory that lies idle at one place may be reserved at another; only then do values have to go. */
  #makeRoom(bytes: number): boolean {
    const reserved = this.#reservedBytes();
    this.trim();
    return this.#reservedBytes() < reserved || this.#onPressure(bytes);
  }

  #addPart(segment: Segment): void {
    const part: Part = {
      segment,
      allocator: new OffsetAllocator(segment.bytes),
      reservation: new Reservation(segment, this.#source),
      slabs: new SlabIndex(segment.bytes),
    };
    this.#parts.push(part);
    this.#partOfBuffer.set(segment.buffer, part);
  }

  #freeIfUnused(slab: Slab): void {
    const part = this.#partOfBuffer.get(slab.buffer);
    if (slab.holders > 0 || slab.loans > 0 || part === undefined) return;
    if (this.#poison) new Uint8Array(slab.buffer, slab.byteOffset, slab.block.bytes).fill(POISON);
    this.#liveBytes -= slab.block.bytes;
    part.slabs.remove(slab);
    part.allocator.free(slab.block);
    if (++this.#frees % FREES_BETWEEN_TRIMS === 0) this.#trimToRecentUse();
  }

  /** Twice the recent peak stays, so that a run in its stride neither returns memory nor takes it anew. */
  #trimToRecentUse(): void {
    this.trim(2 * this.#recentPeakBytes);
    this.#recentPeakBytes = this.#liveBytes;
  }

  #reservedBytes(): number {
    return this.#parts.reduce((sum, { reservation }) => sum + reservation.bytes, 0);
  }

  #overBudget(bytes: number): WeftError {
    return new WeftError(
      'E_MEMORY',
      `${bytes} bytes more would exceed the memory budget of ${this.budgetBytes} bytes, of which ${this.#liveBytes} are in use: raise the budget, or let fewer items be in flight.`,
    );
  }
}

/** A segment and all that is known of its use. */
interface Part {
  readonly segment: Segment;
  readonly allocator: OffsetAllocator;
  readonly reservation: Reservation;
  readonly slabs: SlabIndex;
}

/** A container's limit counts where there is one; without, the second number is larger than any memory. */
function halfOfMemory(): number {
  return Math.floor(Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2);
}

function stale(): WeftError {
  return new WeftError(
    'E_STALE_HANDLE',
    'A tensor or picture was used after its memory had been given back: hold it with ctx.keep() in the node that uses it later.',
  );
}
