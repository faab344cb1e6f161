import type { Point } from '../../shared/graph/document.ts';
import { type Box, freePlace, NEW_NODE_SIZE } from './free-place.ts';
import { pointer } from './pointer.ts';
import { stage } from './stage.ts';

/** Where something that is inserted by a key goes, in canvas units: to the pointer, or else near the middle of the view. */
export function insertionPoint(): Point {
  const [x, y] = insertionScreenPoint();
  const { flow, sizes } = stage.getState();
  const canvas = canvasBox();
  if (flow === null || canvas === undefined) return [0, 0];
  const place = flow.screenToFlowPosition({ x, y });
  const at: Point = [Math.round(place.x), Math.round(place.y)];
  if (isOver(pointer, canvas)) return at;
  const [width, height] = NEW_NODE_SIZE;
  const centred: Point = [at[0] - width / 2, at[1] - height / 2];
  const nodes = flow.getNodes().filter(({ type }) => type === 'node');
  const boxes = nodes.map(({ id, position }): Box => ({ at: [position.x, position.y], size: sizes(id) }));
  const corner = flow.screenToFlowPosition({ x: canvas.left, y: canvas.top });
  const zoom = flow.getZoom();
  return freePlace(centred, boxes, { at: [corner.x, corner.y], size: [canvas.width / zoom, canvas.height / zoom] });
}

/** The pointer, or else the middle of the canvas, in CSS pixels of the window. */
export function insertionScreenPoint(): Point {
  const canvas = canvasBox();
  if (canvas === undefined) return [0, 0];
  const { left, top, right, bottom } = canvas;
  return isOver(pointer, canvas) ? [pointer.x, pointer.y] : [(left + right) / 2, (top + bottom) / 2];
}

function canvasBox(): DOMRect | undefined {
  return document.querySelector('.react-flow')?.getBoundingClientRect();
}

function isOver({ x, y }: { x: number; y: number }, box: DOMRect | undefined): boolean {
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
