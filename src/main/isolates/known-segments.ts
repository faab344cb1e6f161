import type { Segment, SegmentLocation } from '../store/segment.ts';

/** How a segment is made known to another process. */
export interface SegmentAddress {
  readonly id: number;
  readonly location: SegmentLocation;
}

/** The segments that one isolate has been told of. */
export class KnownSegments {
  readonly #ids = new Set<number>();

  /** Addresses of those that the isolate does not know yet; from now on it does. */
  introduce(segments: Iterable<Segment>): SegmentAddress[] {
    const addresses: SegmentAddress[] = [];
    for (const { id, shared } of segments) {
      if (shared === null || this.#ids.has(id)) continue;
      this.#ids.add(id);
      addresses.push({ id, location: shared.location });
    }
    return addresses;
  }
}
