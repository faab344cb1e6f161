import { boundsOf, type NodeSizes, placesOf, selectedBoxes } from './boxes.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { place } from './places.ts';
import type { Selection } from './selection.ts';

/** Vertical lines left, centre, right; horizontal ones top, middle, bottom. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** Brings what is selected onto one line of the box around it. */
export function align(draft: BodyDraft, selection: Selection, alignment: Alignment, sizes: NodeSizes): Outcome {
  const boxes = selectedBoxes(draft, selection, sizes);
  const bounds = boundsOf(boxes);
  if (bounds === undefined || boxes.length < 2) return { ok: false, reason: 'Select at least two things to align.' };
  const { axis, share } = LINES[alignment];
  const line = bounds.at[axis] + share * bounds.size[axis];
  place(
    draft,
    placesOf(boxes, ({ at, size }) => {
      const corner = line - share * size[axis];
      return axis === 0 ? [corner, at[1]] : [at[0], corner];
    }),
  );
  return { ok: true, said: `Aligned ${boxes.length} to the ${alignment}.` };
}

/** Where in a box its line runs: along which axis it is measured, and how far from the start. */
const LINES: { readonly [A in Alignment]: { readonly axis: 0 | 1; readonly share: number } } = {
  left: { axis: 0, share: 0 },
  centre: { axis: 0, share: 0.5 },
  right: { axis: 0, share: 1 },
  top: { axis: 1, share: 0 },
  middle: { axis: 1, share: 0.5 },
  bottom: { axis: 1, share: 1 },
};
