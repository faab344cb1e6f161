import type { Image } from 'weft';
import type { Region, RowWriter, Scaling } from './placement.ts';

/**
 * The rows of a picture without transparency, scaled with the bilinear kernel, in one pass: the case of every frame of a
 * detection graph, four times as fast as the general way. They have the depth of the source, whole samples rounded.
 */
export function bilinearRows(source: Image, size: Pick<Region, 'width' | 'height'>, scaling: Scaling): RowWriter {
  const { channels } = source;
  const across = cellsOf(size.width, source.width, scaling.scaleX, scaling.originX ?? 0);
  const down = cellsOf(size.height, source.height, scaling.scaleY, scaling.originY ?? 0);

  // One entry a sample instead of a pixel, so that the inner loop knows no channels.
  const samples = size.width * channels;
  const offsets = new Int32Array(samples);
  const weights = new Float32Array(samples);
  for (let i = 0; i < samples; i++) {
    const x = Math.floor(i / channels);
    offsets[i] = across.first[x] * channels + (i % channels);
    weights[i] = across.weight[x];
  }

  const from = source.data;
  const row = source.width * channels;
  const right = source.width > 1 ? channels : 0;
  const below = source.height > 1 ? row : 0;
  const rounding = source.depth === 'f32' ? 0 : 0.5;
  return (y, into, to) => {
    const start = down.first[y] * row;
    const weightBelow = down.weight[y];
    for (let i = 0; i < samples; i++) {
      const at = start + offsets[i];
      const weight = weights[i];
      const upper = from[at] + (from[at + right] - from[at]) * weight;
      const lower = from[at + below] + (from[at + below + right] - from[at + below]) * weight;
      into[to + i] = upper + (lower - upper) * weightBelow + rounding;
    }
  };
}

/** Target pixel i lies between source pixels `first[i]` and the next, `weight[i]` (0–1) of the way. */
export function cellsOf(targetSize: number, sourceSize: number, scale: number, origin: number) {
  const first = new Int32Array(targetSize);
  const weight = new Float32Array(targetSize);
  for (let i = 0; i < targetSize; i++) {
    const position = Math.min(Math.max(origin + (i + 0.5) / scale - 0.5, 0), sourceSize - 1);
    first[i] = Math.max(0, Math.min(Math.floor(position), sourceSize - 2));
    weight[i] = position - first[i];
  }
  return { first, weight };
}
