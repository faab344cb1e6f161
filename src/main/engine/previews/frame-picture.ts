import type { Frame } from '../../../shared/node-api/frame.ts';
import { yuvToRgb } from '../../../shared/node-api/yuv.ts';
import { fitted, type Raster } from './picture.ts';

/**
 * A frame scaled down before it is converted, which costs what the small picture costs: converting a whole frame takes
 * longer than all else that a preview does.
 */
export function smallFrame(frame: Frame, maxSide: number): Raster {
  const { width, height } = fitted(frame, maxSide);
  const small = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const large = { width: Math.ceil(frame.width / 2), height: Math.ceil(frame.height / 2) };
  const lumas = frame.width * frame.height;
  const data = new Uint8Array(width * height + 2 * small.width * small.height);
  let at = pick(frame.data, 0, frame, data, 0, { width, height });
  at = pick(frame.data, lumas, large, data, at, small);
  pick(frame.data, lumas + large.width * large.height, large, data, at, small);
  const rgb = yuvToRgb({ width, height, data, colour: frame.colour });
  return { width, height, channels: 3, planar: false, data: rgb, offset: 0, black: 0, white: 255 };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Picks a plane of `size` out of a larger one; returns where it ends in `target`. */
function pick(source: Uint8Array, start: number, from: Size, target: Uint8Array, at: number, size: Size): number {
  const columns = Int32Array.from({ length: size.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / size.width));
  let to = at;
  for (let y = 0; y < size.height; y++) {
    const row = start + Math.floor(((y + 0.5) * from.height) / size.height) * from.width;
    for (let x = 0; x < size.width; x++) target[to++] = source[row + columns[x]];
  }
  return to;
}
