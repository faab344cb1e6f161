/** How bright red, green and blue look, after ITU-R BT.601, as OpenCV and Pillow turn RGB to grey. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
