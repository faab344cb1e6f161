import { type Frame, type FrameColour, type Image, yuvSteps } from 'weft';
import type { Region, Scaling } from './placement.ts';
import { RowKernel, type RowPlan } from './row-kernel.ts';

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

/** Shares of samples, and factors of colours, are counted in parts of 1/8192. */
const PARTS = 2 ** 13;
/** The share of a row, in parts of 1/32768. */
const ROW_PARTS = 2 ** 15;

/**
 * Writes a frame in RGB, scaled straight from its planes: light with the bilinear kernel, colour from the sample that the
 * pixel lies on, which is as fine as a frame has it. Only the pixels of the result are converted. For each frame of a
 * detection graph this is most of what is done outside of FFmpeg and the model (docs/decisions/020-webassembly.md).
 */
export function writeScaledFrame(
  frame: Frame,
  size: Pick<Region, 'width' | 'height'>,
  scaling: Scaling,
  target: RgbTarget,
): void {
  const { width, height } = frame;
  const kernel = kernelFor(frame, size.width, scaling);
  const data = Buffer.from(frame.data.buffer, frame.data.byteOffset, frame.data.length);
  const colourWidth = Math.ceil(width / 2);
  const colourBytes = colourWidth * Math.ceil(height / 2);
  const write = rowWriter(kernel, target);
  let colours = -1;
  for (let y = 0; y < size.height; y++) {
    const position = positionOf(y, height, scaling.scaleY, scaling.originY);
    const row = Math.floor(position);
    const below = Math.min(Math.round((position - row) * ROW_PARTS), ROW_PARTS - 1);
    const colourRow = nearestColour(position);
    if (colourRow !== colours) {
      const u = width * height + colourRow * colourWidth;
      kernel.takeColours(data, u, u + colourBytes);
      colours = colourRow;
    }
    kernel.takeLight(data, row * width, Math.min(row + 1, height - 1) * width, below);
    write(y);
  }
}

/** Takes the levels of row `y`. */
function rowWriter(kernel: RowKernel, { data, starts, pixel, row, tables }: RgbTarget): (y: number) => void {
  if (data instanceof Float32Array && pixel === 1) {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    for (let k = 0; k < 3; k++) kernel.setTable(k, tables[k] as Float32Array);
    return (y) => {
      for (let k = 0; k < 3; k++) kernel.writeFloats(k, bytes, (starts[k] + y * row) * 4);
    };
  }
  return (y) => {
    for (let k = 0; k < 3; k++) writeLevels(kernel.levels[k], tables[k], data, starts[k] + y * row, pixel);
  };
}

function writeLevels(levels: Uint8Array, table: Samples, into: Samples, start: number, step: number): void {
  for (let x = 0, to = start; x < levels.length; x++, to += step) into[to] = table[levels[x]];
}

/** What was used last, by what it is for: the frames of a stream are all alike, and a graph may have several streams. */
const kernels = new Map<string, RowKernel>();
const MOST_KERNELS = 16;

function kernelFor({ width, colour }: Frame, count: number, { scaleX, originX }: Scaling): RowKernel {
  const key = `${width} ${colour.matrix} ${colour.full} ${count} ${scaleX} ${originX}`;
  const kernel = kernels.get(key) ?? new RowKernel(planOf(width, colour, count, { scaleX, originX }));
  kernels.delete(key);
  kernels.set(key, kernel);
  if (kernels.size > MOST_KERNELS) {
    const [oldest] = kernels.keys();
    kernels.delete(oldest);
  }
  return kernel;
}

function planOf(
  width: number,
  colour: FrameColour,
  count: number,
  { scaleX, originX }: Pick<Scaling, 'scaleX' | 'originX'>,
): RowPlan {
  const steps = yuvSteps(colour);
  const light = Math.round(steps.luma * PARTS);
  const positions = Float64Array.from({ length: count }, (_, x) => positionOf(x, width, scaleX, originX));
  const right = Int16Array.from(positions, (position) => Math.round((position % 1) * light));
  const inParts = (red: number, green: number, blue: number) =>
    [red, green, blue].map((step) => Math.round(step * PARTS));
  const [u, v] = [inParts(0, steps.greenOfU, steps.blueOfU), inParts(steps.redOfV, steps.greenOfV, 0)];
  // The half rounds.
  const black = Math.round((0.5 - steps.black * steps.luma) * PARTS);
  return {
    width,
    colourWidth: Math.ceil(width / 2),
    left: Int32Array.from(positions, Math.floor),
    shares: { left: right.map((share) => light - share), right },
    colour: Int32Array.from(positions, nearestColour),
    factors: { u, v, base: u.map((_, k) => black - 128 * (u[k] + v[k])) },
  };
}

/** Where the centre of a pixel lies along one side of the frame, in samples. */
function positionOf(pixel: number, frameSize: number, scale: number, origin = 0): number {
  return Math.min(Math.max(origin + (pixel + 0.5) / scale - 0.5, 0), frameSize - 1);
}

/** Number of the sample of colour that belongs to the sample of light next to a position: one for two. */
function nearestColour(position: number): number {
  return Math.floor((position + 0.5) / 2);
}
