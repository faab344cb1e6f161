import { Detections, defineNode, ownSpace, pin, type Space } from 'weft';

export default defineNode({
  type: 'detect/to-original',
  version: 1,
  title: 'To original picture',
  summary: 'Brings detections back to the pixels of the picture before it was scaled and padded.',
  keywords: ['rescale', 'letterbox', 'coordinates', 'space', 'boxes'],
  inputs: { detections: pin.detections({ description: 'Detections in the space of a scaled picture.' }) },
  outputs: { detections: pin.detections({ description: 'The same in pixels of the original, cut off at its edges.' }) },
  run({ detections: { boxes, scores, classIds, labels, space, origin, tracks } }) {
    const { originalWidth, originalHeight } = space;
    return {
      detections: new Detections(
        originalBoxes(boxes, space),
        scores,
        classIds,
        labels,
        ownSpace(originalWidth, originalHeight),
        origin,
        tracks,
      ),
    };
  },
});

function originalBoxes(boxes: Float32Array, space: Space): Float32Array {
  const toX = (x: number) => clamp((x - space.padX) / space.scale, space.originalWidth);
  const toY = (y: number) => clamp((y - space.padY) / space.scaleY, space.originalHeight);
  return boxes.map((value, i) => (i % 2 === 0 ? toX(value) : toY(value)));
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
