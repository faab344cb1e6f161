import type { Point } from '../../shared/graph/document.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { type WireCurve, wireCurve } from './wire-path.ts';

/** Where the middle of a pin is on the canvas; null for a pin that is not there. */
export function pinPoint(
  box: BoxElement | undefined,
  type: 'source' | 'target',
  pin: string | null | undefined,
): Point | null {
  const handle = box?.handles?.find((other) => other.type === type && other.id === pin);
  if (box === undefined || handle === undefined) return null;
  return [box.position.x + handle.x, box.position.y + handle.y];
}

/** The way of each wire, by its key. */
export function wireCurves(boxes: readonly BoxElement[], wires: readonly WireElement[]): Map<string, WireCurve> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const curves = new Map<string, WireCurve>();
  for (const { id, source, target, sourceHandle, targetHandle, data } of wires) {
    const from = pinPoint(byId.get(source), 'source', sourceHandle);
    const to = pinPoint(byId.get(target), 'target', targetHandle);
    if (from !== null && to !== null) curves.set(id, wireCurve(from, to, data?.via));
  }
  return curves;
}
