import type { Image } from 'weft';
import type { Region, Scaling } from './placement.ts';

/**
 * `resample` with the bilinear kernel for pictures without transparency, in one pass: the case of every frame of a
 * detection graph, four times as fast as the general way.
 */
export function resampleBilinear(source: Image, target: Image, region: Region, scaling: Scaling): void {
  const { channels } = source;
  const across = cellsOf(region.width, source.width, scaling.scaleX, scaling.originX ?? 0);
  const down = cellsOf(region.height, source.height, scaling.scaleY, scaling.originY ?? 0);

  // One entry a sample instead of a pixel, so that the inner loop knows no channels.
  const samples = region.width * channels;
  const offsets = new Int32Array(samples);
  const weights = new Float32Array(samples);
  for (let i = 0; i < samples; i++) {
    const x = Math.floor(i / channels);
    offsets[i] = across.first[x] * channels + (i % channels);
    weights[i] = across.weight[x];
  }

  const from = source.data;
  const into = target.data;
  const row = source.width * channels;
  const right = source.width > 1 ? channels : 0;
  const below = source.height > 1 ? row : 0;
  const rounding = target.depth === 'f32' ? 0 : 0.5;
  for (let y = 0; y < region.height; y++) {
    const start = down.first[y] * row;
    const weightBelow = down.weight[y];
    const to = ((region.top + y) * target.width + region.left) * channels;
    for (let i = 0; i < samples; i++) {
      const at = start + offsets[i];
      const weight = weights[i];
      const upper = from[at] + (from[at + right] - from[at]) * weight;
      const lower = from[at + below] + (from[at + below + right] - from[at + below]) * weight;
      into[to + i] = upper + (lower - upper) * weightBelow + rounding;
    }
  }
}

/** Target pixel i lies between source pixels `first[i]` and the next, `weight[i]` (0–1) of the way. */
function cellsOf(targetSize: number, sourceSize: number, scale: number, origin: number) {
  const first = new Int32Array(targetSize);
  const weight = new Float32Array(targetSize);
  for (let i = 0; i < targetSize; i++) {
    const position = Math.min(Math.max(origin + (i + 0.5) / scale - 0.5, 0), sourceSize - 1);
    first[i] = Math.max(0, Math.min(Math.floor(position), sourceSize - 2));
    weight[i] = position - first[i];
  }
  return { first, weight };
}
