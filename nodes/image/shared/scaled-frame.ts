import { type Frame, type FrameColour, type Image, type YuvTables, yuvTables } from 'weft';
import { cellsOf } from './bilinear.ts';
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

/**
 * Writes a frame in RGB, scaled straight from its planes: light with the bilinear kernel, colour from the sample that the
 * pixel lies on, which is as fine as a frame has it. Only the pixels of the result are converted, in whole numbers: for
 * each frame of a detection graph this is most of what is done outside of FFmpeg and the model
 * (docs/decisions/019-speed-of-video.md).
 */
export function writeScaledFrame(
  frame: Frame,
  size: Pick<Region, 'width' | 'height'>,
  scaling: Scaling,
  { data: into, starts: [red, green, blue], pixel, row, tables }: RgbTarget,
): void {
  const { width, height, data } = frame;
  const across = placesOf(size.width, width, scaling.scaleX, scaling.originX ?? 0);
  const down = placesOf(size.height, height, scaling.scaleY, scaling.originY ?? 0);
  const columns = across.chroma;
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  const chromaWidth = Math.ceil(width / 2);
  const chromaBytes = chromaWidth * Math.ceil(height / 2);
  const uPlane = width * height;

  const { luma: lightOf, redOfV, greenOfU, greenOfV, blueOfU } = stepTables(frame.colour);
  const [reds, greens, blues] = tables.map(beyondLevels);
  const light = new Int32Array(size.width);
  for (let y = 0; y < size.height; y++) {
    interpolate(data, down.first[y] * width, across, right, below, down.weight[y], lightOf, light);
    const u = uPlane + down.chroma[y] * chromaWidth;
    for (let x = 0, to = y * row; x < light.length; x++, to += pixel) {
      const lit = light[x];
      const ofU = data[u + columns[x]];
      const ofV = data[u + columns[x] + chromaBytes];
      into[red + to] = reds[(lit + redOfV[ofV]) >> STEP_BITS];
      into[green + to] = greens[(lit + greenOfU[ofU] + greenOfV[ofV]) >> STEP_BITS];
      into[blue + to] = blues[(lit + blueOfU[ofU]) >> STEP_BITS];
    }
  }
}

/** Weights of neighbours are counted in parts of 2048, as OpenCV's INTER_LINEAR does. */
const WEIGHT_BITS = 11;

/** For each pixel along one side: the sample of light before it, the weight of the next, and the sample of colour. */
interface Places {
  readonly first: Int32Array;
  readonly weight: Int32Array;
  readonly chroma: Int32Array;
}

function placesOf(size: number, frameSize: number, scale: number, origin: number): Places {
  const { first, weight } = cellsOf(size, frameSize, scale, origin);
  const whole = new Int32Array(size);
  const chroma = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    whole[i] = Math.round(weight[i] * 2 ** WEIGHT_BITS);
    chroma[i] = Math.round(first[i] + weight[i]) >> 1;
  }
  return { first, weight: whole, chroma };
}

/** One row of light, bilinear, as `lightOf` has it. */
function interpolate(
  luma: Uint8Array,
  start: number,
  { first, weight: weights }: Places,
  right: number,
  below: number,
  weightBelow: number,
  lightOf: Int32Array,
  into: Int32Array,
): void {
  for (let x = 0; x < into.length; x++) {
    const at = start + first[x];
    const weight = weights[x];
    const upperLeft = luma[at];
    const lowerLeft = luma[at + below];
    const upper = (upperLeft << WEIGHT_BITS) + Math.imul(luma[at + right] - upperLeft, weight);
    const lower = (lowerLeft << WEIGHT_BITS) + Math.imul(luma[at + below + right] - lowerLeft, weight);
    // Five bits less, so that the product has room in 32.
    const mixed = upper + (Math.imul((lower - upper) >> 5, weightBelow) >> (WEIGHT_BITS - 5));
    into[x] = lightOf[(mixed + HALF) >> WEIGHT_BITS];
  }
}

const HALF = 2 ** (WEIGHT_BITS - 1);

/** Light and colour are added up in steps of 1/64 of a level. */
const STEP_BITS = 6;
/** Extreme colours lie up to 300 levels beyond 0 and 255; the sums are counted from here, so that none is negative. */
const BEYOND = 320;

type StepTables = Readonly<Record<keyof YuvTables, Int32Array>>;

const made = new WeakMap<YuvTables, StepTables>();

/** What each sample adds to a sum, in steps; light brings the distance from zero along, and half a level to round. */
function stepTables(colour: FrameColour): StepTables {
  const tables = yuvTables(colour);
  let inSteps = made.get(tables);
  if (inSteps === undefined) {
    const steps = (levels: Float32Array, add = 0) =>
      Int32Array.from(levels, (level) => Math.round((level + add) * 2 ** STEP_BITS));
    inSteps = {
      luma: steps(tables.luma, BEYOND + 0.5),
      redOfV: steps(tables.redOfV),
      greenOfU: steps(tables.greenOfU),
      greenOfV: steps(tables.greenOfV),
      blueOfU: steps(tables.blueOfU),
    };
    made.set(tables, inSteps);
  }
  return inSteps;
}

/** A table for the levels counted from `-BEYOND`: those beyond 0 and 255 are these. */
function beyondLevels<S extends Samples>(table: S): S {
  const wide = new (table.constructor as new (length: number) => S)(BEYOND + 256 + BEYOND);
  wide.fill(table[0], 0, BEYOND);
  wide.set(table, BEYOND);
  wide.fill(table[255], BEYOND + 256);
  return wide;
}
