import type { Image } from 'weft';
import { resampleBilinear } from './bilinear.ts';
import type { Region, Scaling } from './placement.ts';
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
  if (kernel === 'bilinear' && source.channels !== 4) resampleBilinear(source, target, region, scaling);
  else resampleSeparably(source, target, region, scaling, kernel);
}

/** Rows first, then columns, by tables of weights: any kernel, any reach. */
function resampleSeparably(source: Image, target: Image, region: Region, scaling: Scaling, kernel: Kernel): void {
  const across = tapsOf(kernel, region.width, source.width, scaling.scaleX, scaling.originX ?? 0);
  const down = tapsOf(kernel, region.height, source.height, scaling.scaleY, scaling.originY ?? 0);
  const { channels } = source;
  const gather = channels === 4 ? gatherPremultiplied : gatherRow;

  // Each row of the source is gathered once and kept while rows of the target need it.
  const rows = Array.from({ length: down.count }, () => new Float32Array(region.width * channels));
  const sum = new Float32Array(region.width * channels);
  let gathered = 0;
  for (let y = 0; y < region.height; y++) {
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
    const at = ((region.top + y) * target.width + region.left) * channels;
    if (target.depth === 'f32') target.data.set(sum, at);
    else storeWhole(sum, target.data, at, WHITE[target.depth]);
  }
}

/** Target pixel i is the sum of `count` source pixels from `starts[i]`, by `weights[i × count …]`, which add up to 1. */
interface Taps {
  readonly count: number;
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

function tapsOf(kernel: Kernel, targetSize: number, sourceSize: number, scale: number, origin: number): Taps {
  const widening = kernel === 'lanczos' ? Math.max(1, 1 / scale) : 1;
  const reach = kernel === 'nearest' ? 0.5 : kernel === 'bilinear' ? 1 : 3 * widening;
  const count = Math.min(sourceSize, kernel === 'nearest' ? 1 : Math.ceil(2 * reach));
  const starts = new Int32Array(targetSize);
  const weights = new Float64Array(targetSize * count);
  for (let i = 0; i < targetSize; i++) {
    const centre = origin + (i + 0.5) / scale;
    const start = Math.min(Math.max(Math.ceil(centre - reach - 0.5), 0), sourceSize - count);
    starts[i] = start;
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = kernel === 'nearest' ? 1 : weightAt((start + tap + 0.5 - centre) / widening, kernel);
      weights[i * count + tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap++) weights[i * count + tap] /= total;
  }
  return { count, starts, weights };
}

function weightAt(distance: number, kernel: 'bilinear' | 'lanczos'): number {
  const x = Math.abs(distance);
  if (kernel === 'bilinear') return Math.max(0, 1 - x);
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
