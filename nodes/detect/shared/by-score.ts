import type { Detections } from 'weft';

/** Indices of detections from the highest score to the lowest, equals in their order; a score of NaN is left out. */
export function indicesByScore({ scores }: Detections): number[] {
  return Array.from(scores.keys())
    .filter((i) => !Number.isNaN(scores[i]))
    .sort((a, b) => scores[b] - scores[a]);
}
