import { useMemo } from 'react';
import type { BoxElement } from './flow-elements.ts';

/**
 * The boxes for React Flow, as new objects each time the view comes near. React Flow measures the pins of a node when it
 * first sees it, and from afar there are none: its wires would have no ends. A new object makes it read `handles` again.
 */
export function useNearBoxes(boxes: BoxElement[], isFar: boolean): BoxElement[] {
  // A box stays the same object while the view stays near, so that an edit renders its own node only.
  const copies = useMemo(() => (isFar ? null : new WeakMap<BoxElement, BoxElement>()), [isFar]);
  return useMemo(() => (copies === null ? boxes : boxes.map((box) => copyOf(box, copies))), [boxes, copies]);
}

function copyOf(box: BoxElement, copies: WeakMap<BoxElement, BoxElement>): BoxElement {
  let copy = copies.get(box);
  if (copy === undefined) {
    copy = { ...box };
    copies.set(box, copy);
  }
  return copy;
}
