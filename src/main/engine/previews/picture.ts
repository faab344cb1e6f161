import { MAX_SAMPLES, type Picture, type Region } from '../../../shared/protocol/preview.ts';
import type { Numbers } from './statistics.ts';

/** Numbers that are seen as a picture. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** Each channel lies on its own; otherwise the channels of a pixel lie together. */
  readonly planar: boolean;
  readonly data: Numbers;
  /** Index of the first value. */
  readonly offset: number;
  /** The values that are shown as black and white. */
  readonly black: number;
  readonly white: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A sheet that pictures are drawn on: RGBA rows. */
export interface Sheet extends Size {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The whole raster, or a region of it, at most `maxSide` (from 1) pixels wide and high. */
export function pictureOf(raster: Raster, maxSide: number, region?: Region): Picture {
  const shown = region === undefined ? wholeOf(raster) : within(region, raster);
  const { width, height } = fitted(shown, maxSide);
  const sheet = newSheet(width, height);
  draw(raster, shown, sheet, { x: 0, y: 0, width, height });
  const isPixelwise = region !== undefined && width === shown.width && height === shown.height;
  return {
    width,
    height,
    rgba: bytesOf(sheet),
    sourceWidth: raster.width,
    sourceHeight: raster.height,
    region: shown,
    samples: isPixelwise && width * height * raster.channels <= MAX_SAMPLES ? samplesIn(raster, shown) : null,
  };
}

/** Size of a picture that is scaled down, never up, to sides of at most `maxSide`. */
export function fitted({ width, height }: Size, maxSide: number): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function newSheet(width: number, height: number): Sheet {
  return { width, height, pixels: new Uint8ClampedArray(width * height * 4) };
}

export function bytesOf({ pixels }: Sheet): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer);
}

export function wholeOf({ width, height }: Size): Region {
  return { x: 0, y: 0, width, height };
}

/** Draws a region of a raster to a place on the sheet; of several pixels that fall on one, the one in the middle counts. */
export function draw(raster: Raster, from: Region, sheet: Sheet, to: Region): void {
  const { data, channels, planar, black, white } = raster;
  if (data instanceof Uint8Array && !planar && black === 0 && white === 255) {
    return drawBytes(data, raster, from, sheet, to);
  }
  const scale = 255 / (white - black || 1);
  const rows = new RowReader(raster, from);
  const columns = columnsOf(from, to);
  const step = planar ? 1 : channels;
  const { pixels } = sheet;
  for (let y = 0; y < to.height; y++) {
    const row = rows.read(middle(y, from.height, to.height));
    let out = ((to.y + y) * sheet.width + to.x) * 4;
    for (let x = 0; x < to.width; x++, out += 4) {
      const at = columns[x] * step;
      // The array rounds, keeps to 0–255, and makes NaN black.
      const first = (row[at] - black) * scale;
      pixels[out] = first;
      pixels[out + 1] = channels === 1 ? first : (row[at + rows.next] - black) * scale;
      pixels[out + 2] = channels === 1 ? first : (row[at + 2 * rows.next] - black) * scale;
      pixels[out + 3] = channels === 4 ? (row[at + 3 * rows.next] - black) * scale : 255;
    }
  }
}

/** The same for pictures of bytes, which need no arithmetic: several times as fast, and what cameras give. */
function drawBytes(data: Uint8Array, raster: Raster, from: Region, { pixels, width }: Sheet, to: Region): void {
  const { channels, offset } = raster;
  const columns = columnsOf(from, to);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  // One store a pixel is faster than four. Machines that Weft runs on have the lowest byte first.
  const whole = new Uint32Array(pixels.buffer);
  for (let y = 0; y < to.height; y++) {
    const row = offset + ((from.y + middle(y, from.height, to.height)) * raster.width + from.x) * channels;
    const out = (to.y + y) * width + to.x;
    for (let x = 0; x < to.width; x++) {
      const at = row + columns[x] * channels;
      const alpha = channels === 4 ? data[at + 3] : 255;
      whole[out + x] = data[at] | (data[at + green] << 8) | (data[at + blue] << 16) | (alpha << 24);
    }
  }
}

/** By column of `to`: which column of `from` falls on it. */
function columnsOf(from: Size, to: Size): Int32Array {
  return Int32Array.from({ length: to.width }, (_, x) => middle(x, from.width, to.width));
}

/** Copies rows of a region into one array of floats: whatever the type of the data, the loop over it is the same. */
class RowReader {
  /** From one channel of a pixel to the next. */
  readonly next: number;
  readonly #raster: Raster;
  readonly #region: Region;
  readonly #row: Float32Array;

  constructor(raster: Raster, region: Region) {
    this.#raster = raster;
    this.#region = region;
    this.next = raster.planar ? region.width : 1;
    this.#row = new Float32Array(region.width * raster.channels);
  }

  /** Row `y` of the region. */
  read(y: number): Float32Array {
    const { width, height, channels, planar, data, offset } = this.#raster;
    const first = (this.#region.y + y) * width + this.#region.x;
    if (!planar) {
      copy(data, offset + first * channels, this.#row, 0, this.#row.length);
    } else {
      for (let c = 0; c < channels; c++) {
        copy(data, offset + c * width * height + first, this.#row, c * this.#region.width, this.#region.width);
      }
    }
    return this.#row;
  }
}

function copy(data: Numbers, from: number, target: Float32Array, at: number, count: number): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let k = 0; k < count; k++) target[at + k] = Number(data[from + k]);
  } else {
    target.set(data.subarray(from, from + count), at);
  }
}

/** The values themselves, interleaved. */
export function samplesIn(
  { width, height, channels, planar, data, offset }: Raster,
  region: Region,
): Float64Array<ArrayBuffer> {
  const samples = new Float64Array(region.width * region.height * channels);
  let k = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++) {
      for (let c = 0; c < channels; c++) {
        const pixel = y * width + x;
        samples[k++] = Number(data[offset + (planar ? c * width * height + pixel : pixel * channels + c)]);
      }
    }
  }
  return samples;
}

/** Which of `from` pixels lies in the middle of pixel `at` of `to`. */
function middle(at: number, from: number, to: number): number {
  return Math.floor(((at + 0.5) * from) / to);
}

/** A region in whole pixels, cut to the borders of what it is of; at least one pixel. */
export function within(region: Region, { width, height }: Size): Region {
  const x = Math.min(Math.max(0, Math.floor(region.x)), width - 1);
  const y = Math.min(Math.max(0, Math.floor(region.y)), height - 1);
  const right = Math.min(width, Math.max(x + 1, Math.ceil(region.x + region.width)));
  const bottom = Math.min(height, Math.max(y + 1, Math.ceil(region.y + region.height)));
  return { x, y, width: right - x, height: bottom - y };
}
