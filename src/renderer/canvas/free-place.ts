import type { Point } from '../../shared/graph/document.ts';
import { NODE_WIDTH } from './node-layout.ts';

/** A part of the canvas, in its units. */
export interface Box {
  readonly at: Point;
  readonly size: Point;
}

/**
 * Where a new node covers nothing and is wholly in view, as near to the wanted place as can be: rather beside what lies
 * there than below it. The wanted place itself when the view is full.
 */
export function freePlace(wanted: Point, boxes: readonly Box[], view: Box): Point {
  const isFree = (at: Point) => !boxes.some((box) => isTooNear(at, box));
  const cost = ([x, y]: Point) => Math.hypot(x - wanted[0], 3 * (y - wanted[1])) + (x < wanted[0] ? STEP : 0);
  const places = [wanted, ...placesIn(view, wanted)].toSorted((a, b) => cost(a) - cost(b));
  return places.find(isFree) ?? wanted;
}

/** The new node: how high it will be is not known before its type is chosen. */
const SIZE: Point = [NODE_WIDTH, 144];
/** Room for a wire. */
const GAP: Point = [48, 24];
const STEP = 24;

function isTooNear(at: Point, box: Box): boolean {
  return ([0, 1] as const).every(
    (axis) => at[axis] < box.at[axis] + box.size[axis] + GAP[axis] && box.at[axis] < at[axis] + SIZE[axis] + GAP[axis],
  );
}

/** Places in whole steps from the wanted one. */
function placesIn({ at: [left, top], size: [width, height] }: Box, [x, y]: Point): Point[] {
  const places: Point[] = [];
  for (let column = x - Math.floor((x - left) / STEP) * STEP; column + SIZE[0] <= left + width; column += STEP) {
    for (let row = y - Math.floor((y - top) / STEP) * STEP; row + SIZE[1] <= top + height; row += STEP) {
      places.push([column, row]);
    }
  }
  return places;
}
