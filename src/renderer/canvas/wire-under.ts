import { wireCurves } from './pin-point.ts';
import type { Elements } from './use-elements.ts';
import { nearestPiece } from './wire-path.ts';

/** How near to its middle a wire has to run under a node to be meant, in canvas units. */
const REACH = 24;

/**
 * The wire that a node without wires lies on, for splicing it in. A node that has wires is only passing over.
 */
export function nearestWire({ boxes, wires }: Elements, node: string): string | null {
  const box = boxes.find(({ id }) => id === node);
  if (box === undefined || wires.some(({ source, target }) => source === node || target === node)) return null;
  const middle = [box.position.x + (box.width ?? 0) / 2, box.position.y + (box.height ?? 0) / 2] as const;
  let nearest: { readonly id: string; readonly distance: number } | null = null;
  for (const [id, curve] of wireCurves(boxes, wires)) {
    const { distance } = nearestPiece(curve, middle);
    if (distance < (nearest?.distance ?? Math.max(REACH, (box.height ?? 0) / 2))) nearest = { id, distance };
  }
  return nearest?.id ?? null;
}
