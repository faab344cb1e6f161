import { placesOf, selectedBoxes } from './boxes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { place } from './places.ts';
import type { Selection } from './selection.ts';

/** Moves the corners of what is selected to the nearest crossing of a grid. @param grid distance of its lines. */
export function snap(draft: BodyDraft, selection: Selection, grid: number): Outcome {
  const boxes = selectedBoxes(draft, selection, () => [0, 0]);
  if (boxes.length === 0) return { ok: false, reason: 'Nothing that can be moved is selected: select a node.' };
  const nearest = (value: number) => Math.round(value / grid) * grid;
  place(
    draft,
    placesOf(boxes, ({ at: [x, y] }) => [nearest(x), nearest(y)]),
  );
  return { ok: true, said: 'Snapped to the grid.' };
}
