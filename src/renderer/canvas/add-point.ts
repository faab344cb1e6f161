import type { MouseEvent } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import { addReroute } from '../../shared/graph/edit/reroute.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { editBody } from './edit-body.ts';
import type { WireElement } from './flow-elements.ts';
import { stage } from './stage.ts';
import { nearestPiece, type WireCurve } from './wire-path.ts';

/** Gives a wire a point to go through, where it was double-clicked. */
export function addPointAt(open: OpenGraph, wire: WireElement, curve: WireCurve | undefined, event: MouseEvent): void {
  const place = stage.getState().flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  if (curve === undefined || place === undefined || wire.data?.kind === 'after') return;
  const point: Point = [place.x, place.y];
  const { piece } = nearestPiece(curve, point);
  editBody(open, 'Add a point to a wire', (draft) => addReroute(draft, wire.id, piece, point));
}
