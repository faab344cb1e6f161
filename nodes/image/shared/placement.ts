import type { Image } from 'weft';

/** A part of the target picture, in whole pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels of the target per pixel of the source, and the point of the source that lies in the region's corner. */
export interface Scaling {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly originX?: number;
  readonly originY?: number;
}

/** Writes row `y` of a scaled picture into `into`, from its element `at` on. Rows are asked for from the first on. */
export type RowWriter = (y: number, into: Image['data'], at: number) => void;
