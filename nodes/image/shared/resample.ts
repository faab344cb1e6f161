import type { Image } from 'weft';
import { bilinearRows } from './bilinear.ts';
import type { Region, RowWriter, Scaling } from './placement.ts';
import { WHITE } from './white.ts';

/**
 * `nearest`: the pixel under the centre. `bilinear`: the four pixels around the centre, without smoothing, as OpenCV's
 * INTER_LINEAR. `lanczos`: a windowed sinc over three lobes, widened when shrinking, so that nothing aliases.
 */
export type Kernel = 'nearest' | 'bilinear' | 'lanczos';

/**
 * Fills a region of `target` with `source`, scaled. Both have the same depth and channels. Pixels are squares: the
 * centre of the first lies at 0.5. Colours are weighted by their alpha, so transparent pixels do not bleed.
 */
export function resample(source: Image, target: Image, region: Region, scaling: Scaling, kernel: Kernel): void {
  const writeRow = scaledRows(source, region, scaling, kernel);
  for (let y = 0; y < region.height; y++) {
    writeRow(y, target.data, ((region.top + y) * target.width + region.left) * target.channels);
  }
}

/** The rows of `source`, scaled, in its own depth and channels: what `resample` fills a region with. */
export function scaledRows(
  source: Image,
  size: Pick<Region, 'width' | 'height'>,
  scaling: Scaling,
  kernel: Kernel,
): RowWriter {
  if (kernel === 'bilinear' && source.channels !== 4) return bilinearRows(source, size, scaling);
  const { scaleX, scaleY, originX = 0, originY = 0 } = scaling;
  const across = tapsOf(shapeOf(kernel, scaleX), size.width, source.width, scaleX, originX);
  const down = tapsOf(shapeOf(kernel, scaleY), size.height, source.height, scaleY, originY);
  return weightedRows(source, across, down);
}

/** The rows of `source`, blurred by a Gaussian: past the edges there is nothing, so there its weights add up to 1 too. */
export function blurredRows(source: Image, sigma: number): RowWriter {
  // A whole number of pixels on each side of the centre; beyond three sigma less than 0.3 % is left.
  const reach = Math.ceil(3 * sigma) + 0.5;
  const shape: KernelShape = { reach, weightAt: (distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)) };
  const { width, height } = source;
  return weightedRows(source, tapsOf(shape, width, width, 1, 0), tapsOf(shape, height, height, 1, 0));
}

/** Rows first, then columns, by tables of weights: any kernel, any reach. */
function weightedRows(source: Image, across: Taps, down: Taps): RowWriter {
  const { channels, depth } = source;
  const gather = channels === 4 ? gatherPremultiplied : gatherRow;
  const samples = across.starts.length * channels;

  // Each row of the source is gathered once and kept while rows of the target need it.
  const rows = Array.from({ length: down.count }, () => new Float32Array(samples));
  const sum = new Float32Array(samples);
  let gathered = 0;
  return (y, into, at) => {
    const first = down.starts[y];
    for (gathered = Math.max(gathered, first); gathered < first + down.count; gathered++) {
      gather(source, gathered, across, rows[gathered % down.count]);
    }
    sum.fill(0);
    for (let tap = 0; tap < down.count; tap++) {
      const weight = down.weights[y * down.count + tap];
      if (weight !== 0) addRow(sum, rows[(first + tap) % down.count], weight);
    }
    if (channels === 4) divideByAlpha(sum);
    if (depth === 'f32') into.set(sum, at);
    else storeWhole(sum, into, at, WHITE[depth]);
  };
}

/** Target pixel i is the sum of `count` source pixels from `starts[i]`, by `weights[i × count …]`, which add up to 1. */
interface Taps {
  readonly count: number;
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

/** How much the pixels around a point count, by their distance in pixels of the source; nothing beyond `reach`. */
interface KernelShape {
  readonly reach: number;
  weightAt(distance: number): number;
}

function shapeOf(kernel: Kernel, scale: number): KernelShape {
  switch (kernel) {
    case 'nearest':
      return { reach: 0.5, weightAt: () => 1 };
    case 'bilinear':
      return { reach: 1, weightAt: (distance) => Math.max(0, 1 - Math.abs(distance)) };
    case 'lanczos': {
      const widening = Math.max(1, 1 / scale);
      return { reach: 3 * widening, weightAt: (distance) => lanczos3(distance / widening) };
    }
  }
}

function tapsOf(shape: KernelShape, targetSize: number, sourceSize: number, scale: number, origin: number): Taps {
  const { reach } = shape;
  const count = Math.min(sourceSize, Math.ceil(2 * reach));
  const starts = new Int32Array(targetSize);
  const weights = new Float64Array(targetSize * count);
  for (let i = 0; i < targetSize; i++) {
    const centre = origin + (i + 0.5) / scale;
    const start = Math.min(Math.max(Math.ceil(centre - reach - 0.5), 0), sourceSize - count);
    starts[i] = start;
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = shape.weightAt(start + tap + 0.5 - centre);
      weights[i * count + tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap++) weights[i * count + tap] /= total;
  }
  return { count, starts, weights };
}

function lanczos3(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 3) return 0;
  return x === 0 ? 1 : (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
}

function gatherRow(source: Image, row: number, { count, starts, weights }: Taps, into: Float32Array): void {
  const { data, channels } = source;
  const rowStart = row * source.width * channels;
  for (let channel = 0; channel < channels; channel++) {
    let weight = 0;
    for (let i = 0; i < starts.length; i++) {
      let sum = 0;
      const end = weight + count;
      for (let from = rowStart + starts[i] * channels + channel; weight < end; from += channels, weight++) {
        sum += weights[weight] * data[from];
      }
      into[i * channels + channel] = sum;
    }
  }
}

function gatherPremultiplied(source: Image, row: number, { count, starts, weights }: Taps, into: Float32Array): void {
  const { data } = source;
  const rowStart = row * source.width * 4;
  for (let i = 0; i < starts.length; i++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let tap = 0; tap < count; tap++) {
      const at = rowStart + (starts[i] + tap) * 4;
      const weight = weights[i * count + tap] * data[at + 3];
      red += weight * data[at];
      green += weight * data[at + 1];
      blue += weight * data[at + 2];
      alpha += weight;
    }
    into[i * 4] = red;
    into[i * 4 + 1] = green;
    into[i * 4 + 2] = blue;
    into[i * 4 + 3] = alpha;
  }
}

function addRow(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * row[i];
}

function divideByAlpha(row: Float32Array): void {
  for (let i = 0; i < row.length; i += 4) {
    const alpha = row[i + 3];
    if (alpha <= 0) continue;
    row[i] /= alpha;
    row[i + 1] /= alpha;
    row[i + 2] /= alpha;
  }
}

function storeWhole(row: Float32Array, into: Image['data'], at: number, white: number): void {
  for (let i = 0; i < row.length; i++) {
    const value = row[i] + 0.5;
    into[at + i] = Math.min(Math.max(value, 0), white);
  }
}
