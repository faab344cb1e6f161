import type { Point } from '../../shared/graph/document.ts';
import { NODE_WIDTH } from './node-layout.ts';

/** What lies on the canvas already, in canvas units. */
interface Box {
  readonly at: Point;
  readonly size: Point;
}

/** The wanted place for a new node, or the next one to the right of it at which the node covers nothing. */
export function freePlace([wantedX, y]: Point, boxes: readonly Box[]): Point {
  let x = wantedX;
  for (const { at, size } of boxes.toSorted((a, b) => a.at[0] - b.at[0])) {
    const isBeside = at[0] >= x + NODE_WIDTH || at[0] + size[0] <= x;
    const isAboveOrBelow = at[1] >= y + USUAL_HEIGHT || at[1] + size[1] <= y;
    if (!isBeside && !isAboveOrBelow) x = at[0] + size[0] + GAP;
  }
  return [x, y];
}

/** How high the node will be is not known before its type is chosen. */
const USUAL_HEIGHT = 144;
/** Room for a wire. */
const GAP = 72;
