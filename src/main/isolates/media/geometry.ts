import { endianness } from 'node:os';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import type { Rational, Stream } from 'node-av/lib';

/** How the pictures of a stream come to stand upright, with square pixels, in the size that is wanted. */
export interface Geometry {
  /** Of the result. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise. */
  readonly rotation: number;
  /** FFmpeg's filters that turn a picture, after it was scaled to `scaledWidth × scaledHeight`. */
  readonly turns: readonly string[];
  readonly scaledWidth: number;
  readonly scaledHeight: number;
}

export function geometryOf(stream: Stream, wanted: Partial<Size>): Geometry {
  const { width, height } = stream.codecpar;
  const aspect = pixelAspect(stream.sampleAspectRatio) ?? pixelAspect(stream.codecpar.sampleAspectRatio) ?? 1;
  // Pixels that are not square are stretched, never shrunk, so that nothing is lost.
  const square = {
    width: aspect > 1 ? Math.round(width * aspect) : width,
    height: aspect < 1 ? Math.round(height / aspect) : height,
  };
  const { rotation, turns } = turnOf(displayMatrix(stream));
  const onSide = rotation % 180 !== 0;
  const upright = fitted(onSide ? { width: square.height, height: square.width } : square, wanted);
  return {
    ...upright,
    rotation,
    turns,
    scaledWidth: onSide ? upright.height : upright.width,
    scaledHeight: onSide ? upright.width : upright.height,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function fitted({ width, height }: Size, wanted: Partial<Size>): Size {
  return {
    width: wanted.width ?? atLeastOne((width * (wanted.height ?? height)) / height),
    height: wanted.height ?? atLeastOne((height * (wanted.width ?? width)) / width),
  };
}

function atLeastOne(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}

function pixelAspect({ num, den }: Rational): number | null {
  return num > 0 && den > 0 ? num / den : null;
}

/** The 3 × 3 matrix of a stream (16.16 fixed point), where it has one. */
function displayMatrix({ codecpar }: Stream): Int32Array | null {
  const bytes = codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (bytes === null || bytes.length < 36) return null;
  const read = endianness() === 'LE' ? bytes.readInt32LE : bytes.readInt32BE;
  return Int32Array.from({ length: 9 }, (_, k) => read.call(bytes, k * 4));
}

/** Turns by a quarter, and mirrors, as FFmpeg's own tool does it (`fftools/ffmpeg_filter.c`); other angles are left. */
function turnOf(matrix: Int32Array | null): { rotation: number; turns: string[] } {
  if (matrix === null) return { rotation: 0, turns: [] };
  const across = Math.hypot(matrix[0], matrix[3]);
  const down = Math.hypot(matrix[1], matrix[4]);
  if (across === 0 || down === 0) return { rotation: 0, turns: [] };
  const degrees = (Math.atan2(matrix[1] / down, matrix[0] / across) * 180) / Math.PI;
  const quarter = (((Math.round(degrees / 90) % 4) + 4) % 4) * 90;
  switch (quarter) {
    case 90:
      return { rotation: 90, turns: [`transpose=${matrix[3] > 0 ? 'cclock_flip' : 'clock'}`] };
    case 180:
      return { rotation: 180, turns: [...(matrix[0] < 0 ? ['hflip'] : []), ...(matrix[4] < 0 ? ['vflip'] : [])] };
    case 270:
      return { rotation: 270, turns: [`transpose=${matrix[3] < 0 ? 'clock_flip' : 'cclock'}`] };
    default:
      return { rotation: 0, turns: matrix[4] < 0 ? ['vflip'] : [] };
  }
}
