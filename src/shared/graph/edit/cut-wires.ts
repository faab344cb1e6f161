import type { Point } from '../document.ts';
import { disconnect } from './disconnect.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';

/**
 * Removes the wires that a line drawn across the canvas crosses.
 * @param paths points along each wire as it is drawn, by the wire's key.
 */
export function cutWires(
  draft: BodyDraft,
  line: readonly Point[],
  paths: ReadonlyMap<string, readonly Point[]>,
): Outcome<{ readonly removed: number }> {
  const crossed = new Set<string>();
  for (const [key, path] of paths) if (doCross(line, path)) crossed.add(key);
  return crossed.size === 0
    ? { ok: false, reason: 'The cut crosses no wire: draw it across one.' }
    : disconnect(draft, crossed);
}

function doCross(a: readonly Point[], b: readonly Point[]): boolean {
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) if (doSegmentsCross(a[i - 1], a[i], b[j - 1], b[j])) return true;
  }
  return false;
}

/** Each segment has the ends of the other on different sides, or on it. Segments along one line do not cross. */
function doSegmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const [sideC, sideD, sideA, sideB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (sideC === 0 && sideD === 0) return false;
  return sideC * sideD <= 0 && sideA * sideB <= 0;
}

/** On which side of the line from `a` to `b` a point lies: the sign of the cross product. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]));
}
