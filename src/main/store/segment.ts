import { closeSync, constants, openSync } from 'node:fs';
import { libc } from './libc.ts';

/** Whether values reach other processes without a copy; otherwise why not, as run reports and `weft doctor` say it. */
export type Sharing = 'zero-copy' | `copy: ${string}`;

/** Where another process of this machine finds a segment: plain data that may be sent to it. */
export interface SegmentLocation {
  /** `file`: a path that can be opened. `name`: a name for shm_open, which has no path on macOS. */
  readonly kind: 'file' | 'name';
  readonly at: string;
  readonly bytes: number;
}

/**
 * Memory that typed arrays can lie in: `bytes` bytes of `buffer`, from `start`. Offsets of slabs count from `start`.
 */
export interface MappedMemory {
  readonly buffer: SharedArrayBuffer;
  /** Differs from process to process, as each buffer begins elsewhere in its first page. */
  readonly start: number;
  readonly bytes: number;
}

/**
 * One stretch of the arena's memory. Plain data: it is made on the host's main thread, crosses to the engine's thread
 * by `postMessage`, and stays for the life of the process.
 */
export interface Segment extends MappedMemory {
  readonly id: number;
  /** The shared memory under it, `fd` being the host's; null when it is memory of this process alone. */
  readonly shared: { readonly fd: number; readonly location: SegmentLocation } | null;
}

/**
 * Gives the arena memory. The host's pool does it itself; an engine thread asks the host, as it must not load the C
 * library: a thread that is stopped in the middle of a foreign call takes the process with it.
 */
export interface SegmentSource {
  readonly sharing: Sharing;
  /** A segment of at least `minBytes` that nobody else uses. @throws E_MEMORY */
  create(minBytes: number): Segment;
  /**
   * Gives a range of a segment real memory, before its first use. A new segment is only a promise, which the system may
   * be unable to keep: then the first write would end the process with SIGBUS.
   * @throws E_MEMORY
   */
  reserve(segment: number, offset: number, bytes: number): void;
  /** Returns the memory of a range to the system; it must be reserved before it is used again. */
  giveBack(segment: number, offset: number, bytes: number): void;
}

/**
 * Maps a segment of another process into this one. Call it once a segment, on the main thread: the memory stays mapped
 * until the process ends.
 * @throws Error when the owner has ended or the memory cannot be mapped.
 */
export function openSegment(location: SegmentLocation): MappedMemory {
  const fd =
    location.kind === 'file'
      ? openSync(location.at, constants.O_RDWR)
      : libc().openSharedMemory(location.at, 'existing');
  try {
    return mapSharedMemory(fd, location.bytes);
  } finally {
    closeSync(fd);
  }
}

/** Buffers with shared memory under them. Were one collected, its memory would be freed under the mapping. */
const pinned = new Set<SharedArrayBuffer>();

/**
 * Lays shared memory under the pages of a buffer of our own. V8's memory cage, which Electron switches on, forbids
 * buffers over memory that V8 did not allocate; this one it did.
 */
export function mapSharedMemory(fd: number, bytes: number): MappedMemory {
  const { pageBytes } = libc();
  const buffer = new SharedArrayBuffer(bytes + pageBytes);
  const address = libc().addressOf(buffer);
  const start = Number(-address & BigInt(pageBytes - 1));
  libc().mapOver(address + BigInt(start), bytes, fd);
  pinned.add(buffer);
  return { buffer, start, bytes };
}
