import type { Arena } from '../../store/arena.ts';
import type { Segment } from '../../store/segment.ts';
import type { PlaceInArena } from './messages.ts';

/** Bytes that a process may use until `end`. */
export interface LentBytes {
  /** Where it finds them; null for bytes that travel in the message. */
  readonly shared: { readonly segment: Segment; readonly place: PlaceInArena } | null;
  /** The process uses them no longer. */
  end(): void;
}

/** Lends the slab that bytes lie in. */
export function lendBytes(arena: Arena, bytes: Uint8Array): LentBytes {
  const slab = arena.slabOf(bytes);
  if (slab === undefined || slab.segment.shared === null) return { shared: null, end: () => {} };
  const { segment } = slab;
  const place = { segment: segment.id, offset: bytes.byteOffset - segment.start, bytes: bytes.length };
  const loan = arena.lend(slab);
  return { shared: { segment, place }, end: () => loan.end() };
}
