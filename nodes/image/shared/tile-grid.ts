/** Along one axis: where a tile lies in the picture, and how it gives way to its neighbours. In pixels of the picture. */
export interface TileSpan {
  readonly start: number;
  readonly size: number;
  /** The tile's weight rises from 0 to 1 between these; null at the edge of the picture. */
  readonly rise: readonly [number, number] | null;
  /** And falls from 1 to 0 between these. */
  readonly fall: readonly [number, number] | null;
}

/** Where a tile of a picture lies. */
export interface TilePlace {
  readonly x: TileSpan;
  readonly y: TileSpan;
  /** Size of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** How many tiles the picture has. */
  readonly count: number;
}

/** Type of the pins that carry it. */
export const TILE_PLACE = { kind: 'custom', name: 'tile-place' } as const;

/**
 * The fewest spans of `size` that cover `length` and overlap by at least `overlap`, evenly spread. Neighbours change over
 * in the middle half of the overlap that was asked for; of what is left on each side a model has too little context.
 */
export function tileSpans(length: number, size: number, overlap: number): TileSpan[] {
  const count = Math.max(1, Math.ceil((length - overlap) / (size - overlap)));
  const starts = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - size)) / (count - 1)),
  );
  const seams = starts.slice(1).map((start, i): [number, number] => {
    const middle = (starts[i] + size + start) / 2;
    return [middle - overlap / 4, middle + overlap / 4];
  });
  return starts.map((start, i) => ({ start, size, rise: seams[i - 1] ?? null, fall: seams[i] ?? null }));
}

/** The weight of a tile at a place, in pixels of the picture. Those of all tiles add up to 1 everywhere. */
export function weightAt({ rise, fall }: TileSpan, place: number): number {
  return (rise === null ? 1 : ramp(rise, place)) * (fall === null ? 1 : 1 - ramp(fall, place));
}

function ramp([from, to]: readonly [number, number], place: number): number {
  if (from === to) return place < from ? 0 : 1;
  return Math.min(Math.max((place - from) / (to - from), 0), 1);
}
