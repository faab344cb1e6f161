/** Canvas units between dots in life size: three steps of what nodes snap to. */
const UNITS = 24;
/** Dots are never nearer to each other than this, in CSS pixels; a few of them say as much as a haze of thousands. */
const LEAST = 18;

/** CSS pixels from one dot of the grid to the next, in a view of this zoom. Far out only every second, fourth… is drawn. */
export function gridStep(zoom: number): number {
  const step = UNITS * zoom;
  return step * 2 ** Math.max(0, Math.ceil(Math.log2(LEAST / step)));
}
