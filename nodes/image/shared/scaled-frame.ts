import { type Frame, type Image, yuvSteps } from 'weft';
import type { Region, Scaling } from './placement.ts';

type Samples = Image['data'] | Float16Array;
type Rgb<T> = readonly [red: T, green: T, blue: T];

/** Where the pixels of a frame go, and what is written of them. */
export interface RgbTarget {
  readonly data: Samples;
  /** Elements that the first pixel goes to. */
  readonly starts: Rgb<number>;
  /** Elements from one pixel to the next, and from one row to the next. */
  readonly pixel: number;
  readonly row: number;
  /** What is written for each level 0–255. */
  readonly tables: Rgb<Samples>;
}

/** Fills a region of an 8-bit RGB picture with a frame, scaled. */
export function resampleFrame(frame: Frame, { width, data }: Image, region: Region, scaling: Scaling): void {
  const first = (region.top * width + region.left) * 3;
  const starts = [first, first + 1, first + 2] as const;
  const target = { data, starts, pixel: 3, row: width * 3, tables: [LEVELS, LEVELS, LEVELS] } as const;
  writeScaledFrame(frame, region, scaling, target);
}

const LEVELS = Uint8Array.from({ length: 256 }, (_, level) => level);

/** Positions in a frame are counted in parts of 1/2048 of a sample, as OpenCV's INTER_LINEAR does. */
const PART_BITS = 11;
const PART = 2 ** PART_BITS;
/** Levels are counted in parts of 1/16384. */
const LEVEL_BITS = 14;
const LEVEL = 2 ** LEVEL_BITS;
/** Extreme colours lie up to 300 levels beyond 0 and 255; levels are counted from here, so that none is negative. */
const BEYOND = 320;

/**
 * Writes a frame in RGB, scaled straight from its planes: light with the bilinear kernel, colour from the sample that the
 * pixel lies on, which is as fine as a frame has it. Only the pixels of the result are converted. For each frame of a
 * detection graph this is most of what is done outside of FFmpeg and the model, so it is done in whole numbers, with one
 * table for where a pixel lies and one for what becomes of a level (docs/decisions/019-speed-of-video.md).
 */
export function writeScaledFrame(
  frame: Frame,
  size: Pick<Region, 'width' | 'height'>,
  scaling: Scaling,
  { data: into, starts: [red, green, blue], pixel, row, tables }: RgbTarget,
): void {
  const { width, height, data } = frame;
  const across = positions(size.width, width, scaling.scaleX, scaling.originX ?? 0);
  const down = positions(size.height, height, scaling.scaleY, scaling.originY ?? 0);
  const chromaWidth = Math.ceil(width / 2);
  const chromaBytes = chromaWidth * Math.ceil(height / 2);

  const steps = yuvSteps(frame.colour);
  const lumaStep = Math.round(steps.luma * 2 ** 12);
  const redOfV = Math.round(steps.redOfV * LEVEL);
  const greenOfU = Math.round(steps.greenOfU * LEVEL);
  const greenOfV = Math.round(steps.greenOfV * LEVEL);
  const blueOfU = Math.round(steps.blueOfU * LEVEL);
  // The half rounds.
  const black = Math.round((BEYOND + 0.5 - steps.black * steps.luma) * LEVEL);
  const noRed = black - 128 * redOfV;
  const noGreen = black - 128 * (greenOfU + greenOfV);
  const noBlue = black - 128 * blueOfU;
  const [reds, greens, blues] = tables.map(beyondLevels);

  for (let y = 0; y < size.height; y++) {
    const rowStart = (down[y] >> PART_BITS) * width;
    const weightBelow = down[y] & (PART - 1);
    const chromaStart = width * height + nearestChroma(down[y]) * chromaWidth;
    for (let x = 0, to = y * row; x < size.width; x++, to += pixel) {
      const position = across[x];
      const at = rowStart + (position >> PART_BITS);
      const weight = position & (PART - 1);
      // At the last sample of a row or column the next one lies elsewhere, and has no weight.
      const upperLeft = data[at];
      const lowerLeft = data[at + width];
      const upper = (upperLeft << PART_BITS) + Math.imul(data[at + 1] - upperLeft, weight);
      const lower = (lowerLeft << PART_BITS) + Math.imul(data[at + width + 1] - lowerLeft, weight);
      // Five and two bits less, so that the products have room in 32.
      const luma = upper + (Math.imul((lower - upper) >> 5, weightBelow) >> (PART_BITS - 5));
      const light = Math.imul(luma >> 2, lumaStep) >> (PART_BITS - 2 + 12 - LEVEL_BITS);

      const chroma = chromaStart + nearestChroma(position);
      const u = data[chroma];
      const v = data[chroma + chromaBytes];
      into[red + to] = reds[(light + Math.imul(v, redOfV) + noRed) >> LEVEL_BITS];
      into[green + to] = greens[(light + Math.imul(u, greenOfU) + Math.imul(v, greenOfV) + noGreen) >> LEVEL_BITS];
      into[blue + to] = blues[(light + Math.imul(u, blueOfU) + noBlue) >> LEVEL_BITS];
    }
  }
}

/** Where the centre of each pixel along one side lies in the frame. */
function positions(size: number, frameSize: number, scale: number, origin: number): Int32Array {
  const found = new Int32Array(size);
  const last = Math.max(0, (frameSize - 1) * PART - 1);
  for (let i = 0; i < size; i++) {
    const position = Math.round((origin + (i + 0.5) / scale - 0.5) * PART);
    found[i] = Math.min(Math.max(position, 0), last);
  }
  return found;
}

/** Number of the sample of colour that belongs to the sample of light next to a position: one for two. */
function nearestChroma(position: number): number {
  return (position + PART / 2) >> (PART_BITS + 1);
}

/** A table for levels counted from `-BEYOND`: those beyond 0 and 255 are these. */
function beyondLevels<S extends Samples>(table: S): S {
  const wide = new (table.constructor as new (length: number) => S)(BEYOND + 256 + BEYOND);
  wide.fill(table[0], 0, BEYOND);
  wide.set(table, BEYOND);
  wide.fill(table[255], BEYOND + 256);
  return wide;
}
