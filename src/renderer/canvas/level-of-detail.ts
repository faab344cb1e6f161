/** How much of a node can be read: all of it, its labels, its name in a coloured box, or only the box. */
export type LevelOfDetail = 'full' | 'labels' | 'name' | 'box';

/**
 * Where a level begins (look.md): below its zoom, text would be dust, and drawing it would cost a frame. A name is
 * written large in its box, so it lasts longest.
 */
export function levelOfDetail(zoom: number): LevelOfDetail {
  if (zoom < 0.15) return 'box';
  if (zoom < FAR_BELOW) return 'name';
  return zoom < 0.5 ? 'labels' : 'full';
}

/** Below it nodes are boxes, and wires can neither be drawn nor taken hold of. */
export const FAR_BELOW = 0.25;

export function isFar(level: LevelOfDetail): boolean {
  return level === 'name' || level === 'box';
}
