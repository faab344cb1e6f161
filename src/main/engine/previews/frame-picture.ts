import { type Frame, frameBytes } from '../../../shared/node-api/frame.ts';
import type { FramePicture } from '../../../shared/protocol/preview.ts';
import { fitted, type Size, wholeOf } from './picture.ts';

/** A frame in its planes, with sides of at most `maxSide`, but at least 2: nothing is converted. */
export function framePicture(frame: Frame, maxSide: number): FramePicture {
  const { width, height } = evenSize(fitted(frame, maxSide));
  return {
    width,
    height,
    yuv: width === frame.width && height === frame.height ? frame.data.slice() : scaledPlanes(frame, { width, height }),
    colour: frame.colour,
    sourceWidth: frame.width,
    sourceHeight: frame.height,
    region: wholeOf(frame),
  };
}

/** Browsers take no frames with half a sample of colour at an edge. */
function evenSize({ width, height }: Size): Size {
  return { width: Math.max(2, width - (width % 2)), height: Math.max(2, height - (height % 2)) };
}

function scaledPlanes(frame: Frame, size: Size): Uint8Array<ArrayBuffer> {
  const small = { width: size.width / 2, height: size.height / 2 };
  const large = { width: Math.ceil(frame.width / 2), height: Math.ceil(frame.height / 2) };
  const lumas = frame.width * frame.height;
  const planes = new Uint8Array(frameBytes(size.width, size.height));
  let at = pick(frame.data, 0, frame, planes, 0, size);
  at = pick(frame.data, lumas, large, planes, at, small);
  pick(frame.data, lumas + large.width * large.height, large, planes, at, small);
  return planes;
}

/** Picks a plane of `size` out of another one; returns where it ends in `target`. */
function pick(source: Uint8Array, start: number, from: Size, target: Uint8Array, at: number, size: Size): number {
  const columns = Int32Array.from({ length: size.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / size.width));
  let to = at;
  for (let y = 0; y < size.height; y++) {
    const row = start + Math.floor(((y + 0.5) * from.height) / size.height) * from.width;
    for (let x = 0; x < size.width; x++) target[to++] = source[row + columns[x]];
  }
  return to;
}
