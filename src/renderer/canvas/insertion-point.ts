import type { Point } from '../../shared/graph/document.ts';
import { pointer } from './pointer.ts';
import { stage } from './stage.ts';

/** Where something that is inserted by a key goes, in canvas units: to the pointer, or else the middle of the canvas. */
export function insertionPoint(): Point {
  const [x, y] = insertionScreenPoint();
  const place = stage.getState().flow?.screenToFlowPosition({ x, y });
  return place === undefined ? [0, 0] : [Math.round(place.x), Math.round(place.y)];
}

/** The same in CSS pixels of the window. */
export function insertionScreenPoint(): Point {
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (canvas === undefined) return [0, 0];
  const { left, top, right, bottom } = canvas;
  const isOver = pointer.x >= left && pointer.x <= right && pointer.y >= top && pointer.y <= bottom;
  return isOver ? [pointer.x, pointer.y] : [(left + right) / 2, (top + bottom) / 2];
}
