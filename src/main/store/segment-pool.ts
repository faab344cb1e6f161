import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Backing } from './backing.ts';
import { libc } from './libc.ts';
import { RESERVED_AT_ONCE } from './reservation.ts';
import type { Segment, SegmentSource, Sharing } from './segment.ts';
import { systemBacking } from './system-backing.ts';

/**
 * Smaller buffers are taken from heaps that V8 and malloc reuse piecemeal; these have pages to themselves, so mapping
 * over them disturbs nothing.
 */
const SMALLEST_SEGMENT = 64 * 2 ** 20;

/**
 * All segments of a process. It lives on the host's main thread: a buffer of a thread that ends would be freed under
 * its mapping, so segments outlast every engine thread and are handed to the next one.
 */
export class SegmentPool implements SegmentSource {
  readonly #limitBytes: number;
  readonly #segments: Segment[] = [];
  readonly #idle = new Set<Segment>();
  #backing: Backing | undefined;

  /** `limitBytes` of memory in all: 4 GiB under Electron, whose memory cage bounds the sum of all buffers. */
  constructor(options: { limitBytes?: number; backing?: Backing } = {}) {
    this.#limitBytes = options.limitBytes ?? Number.POSITIVE_INFINITY;
    this.#backing = options.backing;
  }

  get sharing(): Sharing {
    return this.#open().sharing;
  }

  create(minBytes: number): Segment {
    const [smallest] = this.#segments
      .filter((segment) => this.#idle.has(segment) && segment.bytes >= minBytes)
      .sort((a, b) => a.bytes - b.bytes);
    if (smallest !== undefined) {
      this.#idle.delete(smallest);
      return smallest;
    }
    const bytes = Math.max(SMALLEST_SEGMENT, Math.ceil(minBytes / RESERVED_AT_ONCE) * RESERVED_AT_ONCE);
    const used = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    if (used + bytes > this.#limitBytes) {
      throw new WeftError(
        'E_MEMORY',
        `The arena may have ${this.#limitBytes} bytes and has ${used}, so ${minBytes} more do not fit: use smaller values, or let fewer items be in flight.`,
      );
    }
    const segment: Segment = { id: this.#segments.length, ...this.#allocate(bytes) };
    this.#segments.push(segment);
    return segment;
  }

  reserve(segment: number, offset: number, bytes: number): void {
    const { shared } = this.#segments[segment];
    if (shared === null) return;
    try {
      libc().allocateRange(shared.fd, offset, bytes);
    } catch (cause) {
      throw new WeftError(
        'E_MEMORY',
        'The shared memory of this machine is used up: close other programs, give the container more, or let fewer items be in flight.',
        { cause },
      );
    }
  }

  giveBack(segment: number, offset: number, bytes: number): void {
    const { shared } = this.#segments[segment];
    if (shared !== null) libc().punchRange(shared.fd, offset, bytes);
  }

  /**
   * Takes all segments back for the next engine thread, and gives their memory to the system. To be called when the
   * engine thread has ended and the isolates that worked for it are dead: they could still write.
   */
  reclaim(): void {
    for (const segment of this.#segments) {
      if (this.#idle.has(segment)) continue;
      this.giveBack(segment.id, 0, segment.bytes);
      this.#idle.add(segment);
    }
  }

  /** Not before it is needed: loading the C library takes 10 ms. */
  #open(): Backing {
    this.#backing ??= systemBacking();
    return this.#backing;
  }

  #allocate(bytes: number): Omit<Segment, 'id'> {
    try {
      return this.#open().open(bytes);
    } catch (cause) {
      throw new WeftError(
        'E_MEMORY',
        `The system gave no memory for a segment of ${bytes} bytes: close other programs, or let fewer items be in flight.`,
        { cause },
      );
    }
  }
}
