/**
 * Intersection over union of boxes `a` and `b` of `boxes` (xyxy, 4 numbers each): 0 for boxes apart, 1 for equal ones;
 * 0 too where neither has an area.
 */
export function iou(boxes: Float32Array, a: number, b: number): number {
  const [i, j] = [a * 4, b * 4];
  const width = Math.min(boxes[i + 2], boxes[j + 2]) - Math.max(boxes[i], boxes[j]);
  const height = Math.min(boxes[i + 3], boxes[j + 3]) - Math.max(boxes[i + 1], boxes[j + 1]);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (areaOf(boxes, i) + areaOf(boxes, j) - shared);
}

function areaOf(boxes: Float32Array, at: number): number {
  return (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
}
