/** Writes box `index`: left, top, right, bottom. */
export function setCorners(
  boxes: Float32Array,
  index: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  boxes[index * 4] = left;
  boxes[index * 4 + 1] = top;
  boxes[index * 4 + 2] = right;
  boxes[index * 4 + 3] = bottom;
}

/** Writes box `index` from its centre and size. */
export function setCentred(
  boxes: Float32Array,
  index: number,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  setCorners(boxes, index, x - width / 2, y - height / 2, x + width / 2, y + height / 2);
}
