import { type Detections, defineNode, pin } from 'weft';
import { indicesByScore } from './shared/by-score.ts';
import { iou } from './shared/iou.ts';

export default defineNode({
  type: 'detect/nms',
  version: 1,
  title: 'Non-maximum suppression',
  summary: 'Keeps the best of detections that overlap, so that each object has one box; end-to-end models need none.',
  keywords: ['nms', 'overlap', 'duplicates', 'iou'],
  inputs: {
    detections: pin.detections({ description: 'The detections to choose from; filter them by score first.' }),
    iou: pin.number({
      default: 0.45,
      min: 0,
      max: 1,
      step: 0.01,
      widget: 'slider',
      description: 'Boxes that share more than this part of their union are one object.',
    }),
    perClass: pin.boolean({ default: true, description: 'Detections of different classes never suppress each other.' }),
    limit: pin.integer({ default: 300, min: 0, description: 'The most detections to keep; 0 for all.' }),
  },
  outputs: { detections: pin.detections({ description: 'Those kept, the highest score first.' }) },
  run({ detections, iou: most, perClass, limit }) {
    return { detections: detections.pick(survivors(detections, most, perClass, limit || Number.POSITIVE_INFINITY)) };
  },
});

/**
 * Greedy suppression: from the highest score down, each that overlaps none of those kept before it. Detections of a model
 * that gives each object once are all kept: two of its boxes that overlap are two objects.
 */
function survivors(detections: Detections, most: number, perClass: boolean, limit: number): number[] {
  const { boxes, classIds, origin } = detections;
  const indices = indicesByScore(detections);
  if (origin?.oneEach) return indices.slice(0, limit);
  const kept: number[] = [];
  for (const i of indices) {
    if (kept.length >= limit) break;
    const suppressed = kept.some((j) => (!perClass || classIds[i] === classIds[j]) && iou(boxes, i, j) > most);
    if (!suppressed) kept.push(i);
  }
  return kept;
}
