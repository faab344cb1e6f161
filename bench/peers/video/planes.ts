/** A frame in planar YUV 4:2:0, rows unpadded. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What one frame of a video costs in the loops written by hand: its box drawn into the planes, in white. */
export function drawBox({ width, height, data }: Planes, box: Float32Array, at: number): void {
  const left = Math.max(0, Math.min(width - 1, Math.round(box[at])));
  const top = Math.max(0, Math.min(height - 1, Math.round(box[at + 1])));
  const right = Math.max(0, Math.min(width - 1, Math.round(box[at + 2])));
  const bottom = Math.max(0, Math.min(height - 1, Math.round(box[at + 3])));
  for (const row of [top, top + 1, bottom - 1, bottom]) {
    if (row < height) data.fill(235, row * width + left, row * width + right + 1);
  }
  for (let row = top; row <= bottom; row++) {
    data[row * width + left] = data[row * width + right] = 235;
  }
}
