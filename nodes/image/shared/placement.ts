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
