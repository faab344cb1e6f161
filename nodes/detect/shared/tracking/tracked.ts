import { type Detections, WeftError } from 'weft';

/**
 * The number of each detection's object.
 * @throws E_VALUE for detections that were not tracked
 */
export function tracksOf(detections: Detections, node: string): Int32Array {
  if (detections.tracks !== null) return detections.tracks;
  throw new WeftError(
    'E_VALUE',
    `${node} counts objects, but these detections have no numbers yet: put detect/track before it.`,
    { pin: 'detections' },
  );
}

export type Anchor = 'centre' | 'bottom';

/** The point of a box that stands for the object: its middle, or where it stands on the ground. In pixels. */
export function anchorOf(boxes: Float32Array, index: number, anchor: Anchor): readonly [x: number, y: number] {
  const [left, top, right, bottom] = boxes.subarray(index * 4, index * 4 + 4);
  return [(left + right) / 2, anchor === 'bottom' ? bottom : (top + bottom) / 2];
}
