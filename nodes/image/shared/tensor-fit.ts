import { Frame, type Image } from 'weft';
import type { SampleWriter } from '../../tensor/shared/image-samples.ts';
import { frameRows } from './frame-rows.ts';
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
export function writeFitted(image: Frame | Image, fitting: Fitting, write: SampleWriter): void {
  const { width, height, region, scaling } = fitting;
  const { depth, channels } = samplesOf(image);
  const padded = new SAMPLES[depth](width * channels);
  padded.fill((fitting.padding / 255) * WHITE[depth]);
  const row = padded.slice();
  const writeRow =
    image instanceof Frame ? frameRows(image, region, scaling) : scaledRows(image, region, scaling, 'bilinear');
  for (let y = 0; y < height; y++) {
    const inside = y >= region.top && y < region.top + region.height;
    if (inside) writeRow(y - region.top, row, region.left * channels);
    write(inside ? row : padded, y * width);
  }
}

/** The form in which `writeFitted` hands on the pixels of a picture; a frame's come in RGB. */
export function samplesOf(image: Frame | Image): Pick<Image, 'depth' | 'channels'> {
  return image instanceof Frame ? { depth: 'u8', channels: 3 } : image;
}
