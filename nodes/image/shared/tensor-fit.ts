import type { Image } from 'weft';
import type { SampleWriter } from '../../tensor/shared/image-samples.ts';
import type { Region, Scaling } from './placement.ts';
import { scaledRows } from './resample.ts';
import { WHITE } from './white.ts';

/** Where a picture comes to lie in a larger one, and what the rest is filled with. */
export interface Fitting {
  readonly width: number;
  readonly height: number;
  readonly region: Region;
  readonly scaling: Scaling;
  /** Grey, 0–255. */
  readonly padding: number;
}

const SAMPLES = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array };

/**
 * Scales and pads a picture and hands it on row by row, without a picture in between: sample for sample what
 * `image/letterbox` and a whole-picture write would give, in one pass over memory.
 */
export function writeFitted(image: Image, fitting: Fitting, write: SampleWriter): void {
  const { width, height, region } = fitting;
  const padded = new SAMPLES[image.depth](width * image.channels);
  padded.fill((fitting.padding / 255) * WHITE[image.depth]);
  const row = padded.slice();
  const writeRow = scaledRows(image, region, fitting.scaling, 'bilinear');
  for (let y = 0; y < height; y++) {
    const inside = y >= region.top && y < region.top + region.height;
    if (inside) writeRow(y - region.top, row, region.left * image.channels);
    write(inside ? row : padded, y * width);
  }
}
