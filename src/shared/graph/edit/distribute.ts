import type { Point } from '../document.ts';
import { boundsOf, type NodeSizes, placesOf, type SelectedBox, selectedBoxes } from './boxes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { place } from './places.ts';
import type { Selection } from './selection.ts';

/** Makes the gaps between what is selected equal; the first and the last along the direction stay. */
export function distribute(
  draft: BodyDraft,
  selection: Selection,
  direction: 'horizontally' | 'vertically',
  sizes: NodeSizes,
): Outcome {
  const axis = direction === 'horizontally' ? 0 : 1;
  const boxes = selectedBoxes(draft, selection, sizes).sort((a, b) => a.at[axis] - b.at[axis]);
  const bounds = boundsOf(boxes);
  if (bounds === undefined || boxes.length < 3) {
    return { ok: false, reason: 'Select at least three things to distribute.' };
  }
  const taken = boxes.reduce((sum, { size }) => sum + size[axis], 0);
  const gap = (bounds.size[axis] - taken) / (boxes.length - 1);
  const corners = new Map<SelectedBox, Point>();
  let start = bounds.at[axis];
  for (const box of boxes) {
    corners.set(box, axis === 0 ? [start, box.at[1]] : [box.at[0], start]);
    start += box.size[axis] + gap;
  }
  place(
    draft,
    placesOf(boxes, (box) => corners.get(box) ?? box.at),
  );
  return { ok: true, said: `Distributed ${boxes.length} ${direction}.` };
}
