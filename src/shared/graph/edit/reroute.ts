import type { Point } from '../document.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';
import { wholePoint } from './whole-point.ts';

/** Adds a point that a wire goes through. @param index its place among the wire's points, 0 to their number. */
export function addReroute(draft: BodyDraft, wire: string, index: number, point: Point): Outcome {
  return changePoints(draft, wire, 'Added a point to the wire.', (via) => via.toSpliced(index, 0, wholePoint(point)));
}

export function moveReroute(draft: BodyDraft, wire: string, index: number, point: Point): Outcome {
  return changePoints(draft, wire, 'Moved a point of the wire.', (via) => {
    return via.map((other, place) => (place === index ? wholePoint(point) : other));
  });
}

export function removeReroute(draft: BodyDraft, wire: string, index: number): Outcome {
  return changePoints(draft, wire, 'Removed a point of the wire.', (via) => via.toSpliced(index, 1));
}

function changePoints(
  draft: BodyDraft,
  key: string,
  said: string,
  change: (via: readonly Point[]) => readonly Point[],
): Outcome {
  if (!draft.list('wires').some((wire) => keyOf(wire) === key)) {
    return { ok: false, reason: 'The wire is not in the graph any more: choose another.' };
  }
  draft.update('wires', (wire) => {
    if (keyOf(wire) !== key) return wire;
    const via = change(wire.ui?.via ?? []);
    return withKeys(wire, { ui: mergeKeys(wire.ui, { via: via.length === 0 ? undefined : via }) });
  });
  return { ok: true, said };
}
