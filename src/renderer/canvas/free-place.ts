import type { Point } from '../../shared/graph/document.ts';
import { NODE_WIDTH } from './node-layout.ts';

/** A part of the canvas, in its units. */
export interface Box {
  readonly at: Point;
  readonly size: Point;
}

/**
 * Where a new node covers nothing and is wholly in view, as near to the wanted place as can be: rather to the right
 * of what lies there than below it. The wanted place itself when the view is full.
 */
export function freePlace(wanted: Point, boxes: readonly Box[], view: Box): Point {
  const isFree = (at: Point) => !boxes.some((box) => isTooNear(at, box));
  const cost = ([x, y]: Point) => Math.hypot(away(x - wanted[0], 1), away(y - wanted[1], 3));
  const places = [wanted, ...placesIn(view, wanted)].toSorted((a, b) => cost(a) - cost(b));
  return places.find(isFree) ?? wanted;
}

/** What comes next in a graph stands at the right, or else below. */
function away(distance: number, weight: number): number {
  return distance < 0 ? 6 * distance : weight * distance;
}

/** The new node: how high it will be is not known before its type is chosen. */
export const NEW_NODE_SIZE: Point = [NODE_WIDTH, 144];
/** Room for a wire. */
const GAP: Point = [48, 24];
const STEP = 24;

function isTooNear(at: Point, box: Box): boolean {
  return ([0, 1] as const).every(
    (axis) =>
      at[axis] < box.at[axis] + box.size[axis] + GAP[axis] && box.at[axis] < at[axis] + NEW_NODE_SIZE[axis] + GAP[axis],
  );
}

/** Places in whole steps from the wanted one. */
function placesIn({ at: [left, top], size: [width, height] }: Box, [x, y]: Point): Point[] {
  const places: Point[] = [];
  for (
    let column = x - Math.floor((x - left) / STEP) * STEP;
    column + NEW_NODE_SIZE[0] <= left + width;
    column += STEP
  ) {
    for (let row = y - Math.floor((y - top) / STEP) * STEP; row + NEW_NODE_SIZE[1] <= top + height; row += STEP) {
      places.push([column, row]);
    }
  }
  return places;
}
