import type { Point } from '../../shared/graph/document.ts';

/** A smooth curve from pin to pin through the points that the person set: cubic Bézier pieces, each of four points. */
export type WireCurve = readonly CurvePiece[];
type CurvePiece = readonly [start: Point, leave: Point, arrive: Point, end: Point];

/**
 * The way of a wire. It leaves an output to the right and arrives at an input from the left; at a point in between it
 * runs in the direction from the point before to the one after, so that pieces meet without a corner.
 */
export function wireCurve(from: Point, to: Point, via: readonly Point[] = []): WireCurve {
  const points = [from, ...via, to];
  const pieces: CurvePiece[] = [];
  for (let index = 0; index + 1 < points.length; index++) {
    const [start, end] = [points[index], points[index + 1]];
    const reach = reachOf(start, end);
    const leave: Point = index === 0 ? [start[0] + reach, start[1]] : along(points, index, reach);
    const isLast = index + 2 === points.length;
    const arrive: Point = isLast ? [end[0] - reach, end[1]] : along(points, index + 1, -reach);
    pieces.push([start, leave, arrive, end]);
  }
  return pieces;
}

/** The curve as the `d` of an SVG path. */
export function svgPath(curve: WireCurve): string {
  const [x, y] = curve[0][0];
  return `M${n(x)} ${n(y)}${curve.map(([, leave, arrive, end]) => `C${xy(leave)} ${xy(arrive)} ${xy(end)}`).join('')}`;
}

/** The curve as a line of short straight pieces, for cutting and for finding what is near. */
export function polyline(curve: WireCurve): Point[] {
  const points: Point[] = [curve[0][0]];
  for (const piece of curve) {
    for (let step = 1; step <= STEPS; step++) points.push(pointOn(piece, step / STEPS));
  }
  return points;
}

/** Which piece of a curve a point is nearest to, and how far away: where a new point of the wire belongs. */
export function nearestPiece(curve: WireCurve, [x, y]: Point): { readonly piece: number; readonly distance: number } {
  let nearest = { piece: 0, distance: Number.POSITIVE_INFINITY };
  for (const [index, piece] of curve.entries()) {
    let before = piece[0];
    for (let step = 1; step <= STEPS; step++) {
      const here = pointOn(piece, step / STEPS);
      const distance = distanceToLine([x, y], before, here);
      if (distance < nearest.distance) nearest = { piece: index, distance };
      before = here;
    }
  }
  return nearest;
}

/** The middle of the way, for a label. */
export function middleOf(curve: WireCurve): Point {
  const index = Math.floor(curve.length / 2);
  return curve.length % 2 === 1 ? pointOn(curve[index], 0.5) : curve[index][0];
}

const STEPS = 16;
/** How far a curve runs on in its direction, in canvas units, however near its ends are to each other. */
const LEAST_REACH = 24;
const MOST_REACH = 160;

function reachOf(start: Point, end: Point): number {
  const dx = end[0] - start[0];
  const dy = Math.abs(end[1] - start[1]);
  // A wire that goes back needs room to turn in; one that goes ahead bends in the middle.
  const wanted = dx >= 0 ? dx / 2 : Math.abs(dx) / 3 + dy / 8;
  return Math.min(MOST_REACH, Math.max(LEAST_REACH, wanted));
}

/** A control point at a point in between, `reach` ahead of it or, where negative, behind. */
function along(points: readonly Point[], index: number, reach: number): Point {
  const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
  const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
  const length = Math.hypot(dx, dy) || 1;
  return [here[0] + (dx / length) * reach, here[1] + (dy / length) * reach];
}

function pointOn([a, b, c, d]: CurvePiece, t: number): Point {
  const s = 1 - t;
  const mix = (axis: 0 | 1) =>
    s * s * s * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * d[axis];
  return [mix(0), mix(1)];
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function xy([x, y]: Point): string {
  return `${n(x)} ${n(y)}`;
}

/** Tenths of a unit are finer than any screen shows. */
function n(value: number): number {
  return Math.round(value * 10) / 10;
}
