import { type Detections, defineNode, pin, type Space, WeftError } from 'weft';
import { indicesByScore } from './shared/by-score.ts';

export default defineNode({
  type: 'detect/format',
  version: 1,
  title: 'Format detections',
  summary: 'Lists detections as COCO does: label, class id, score and box, the highest score first.',
  keywords: ['coco', 'json', 'export', 'list', 'top'],
  inputs: {
    detections: pin.detections({ description: 'Detections in pixels of the original picture.' }),
    limit: pin.integer({ default: 0, min: 0, description: 'The most detections to list; 0 for all.' }),
  },
  outputs: {
    list: pin.json({
      description:
        'One {label, classId, score, box} each; box is [left, top, width, height] in pixels of the original.',
    }),
  },
  run({ detections, limit }) {
    refuseOtherSpace(detections.space);
    const indices = indicesByScore(detections);
    return { list: (limit === 0 ? indices : indices.slice(0, limit)).map((i) => cocoEntry(detections, i)) };
  },
});

function cocoEntry(detections: Detections, i: number) {
  const [left, top, right, bottom] = detections.boxes.subarray(i * 4, i * 4 + 4);
  return {
    label: detections.labelOf(i),
    classId: detections.classIds[i],
    score: rounded(detections.scores[i], 3),
    ...(detections.tracks === null ? {} : { track: detections.tracks[i] }),
    box: [left, top, right - left, bottom - top].map((value) => rounded(value, 1)),
  };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function refuseOtherSpace({ width, height, originalWidth, originalHeight, scale, scaleY, padX, padY }: Space): void {
  const isOriginal =
    width === originalWidth && height === originalHeight && scale === 1 && scaleY === 1 && padX === 0 && padY === 0;
  if (isOriginal) return;
  throw new WeftError(
    'E_SPACE',
    `The boxes are in pixels of a ${width}×${height} picture made from the ${originalWidth}×${originalHeight} original: ` +
      'bring them back with detect/to-original first.',
    { pin: 'detections' },
  );
}
