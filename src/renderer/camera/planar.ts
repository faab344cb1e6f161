/** Planes Y, U and V one after the other, as `Frame.data` holds them, from other orders of samples. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** From NV12: a plane of Y, then one in which U and V take turns. */
export function planesFromNv12(from: Uint8Array, into: Uint8Array, { width, height }: PictureSize): void {
  const luma = width * height;
  const chroma = ((width + 1) >> 1) * ((height + 1) >> 1);
  into.set(from.subarray(0, luma));
  for (let k = 0; k < chroma; k++) {
    into[luma + k] = from[luma + 2 * k];
    into[luma + chroma + k] = from[luma + 2 * k + 1];
  }
}

/** From RGBA, to BT.601 samples of the range 16–235; U and V are those of the first pixel of each block of four. */
export function planesFromRgba(from: Uint8Array, into: Uint8Array, { width, height }: PictureSize): void {
  const chromaWidth = (width + 1) >> 1;
  const uPlane = width * height;
  const vPlane = uPlane + chromaWidth * ((height + 1) >> 1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const red = from[at];
      const green = from[at + 1];
      const blue = from[at + 2];
      // Shares of ITU-R BT.601-7 in 65536ths.
      into[y * width + x] = (16829 * red + 33039 * green + 6416 * blue + 1_081_344) >> 16;
      if (((x | y) & 1) !== 0) continue;
      const chroma = (y >> 1) * chromaWidth + (x >> 1);
      into[uPlane + chroma] = (-9714 * red - 19_070 * green + 28_784 * blue + 8_421_376) >> 16;
      into[vPlane + chroma] = (28_784 * red - 24_103 * green - 4681 * blue + 8_421_376) >> 16;
    }
  }
}
