import type { GraphNode, Point } from '../document.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { wholePoint } from './whole-point.ts';

/** Top left corners, in canvas units: of nodes by id, of frames and notes by key. */
export interface Places {
  readonly nodes?: ReadonlyMap<string, Point>;
  readonly frames?: ReadonlyMap<string, Point>;
  readonly notes?: ReadonlyMap<string, Point>;
}

/** Where a node is; a node that was never placed is at the origin. */
export function placeOf(node: GraphNode): Point {
  return node.ui?.at ?? [0, 0];
}

/**
 * Puts nodes, frames and notes where a drag or a layout has them, in whole units, so that files stay readable. Locked
 * nodes stay.
 */
export function place(draft: BodyDraft, places: Places): void {
  const { nodes, frames, notes } = places;
  if (nodes !== undefined) {
    draft.update('nodes', (node) => {
      const at = nodes.get(node.id);
      return at === undefined || node.ui?.locked === true ? node : { ...node, ui: { ...node.ui, at: wholePoint(at) } };
    });
  }
  if (frames !== undefined) {
    draft.update('frames', (frame) => {
      const at = frames.get(keyOf(frame));
      return at === undefined ? frame : { ...frame, at: wholePoint(at) };
    });
  }
  if (notes !== undefined) {
    draft.update('notes', (note) => {
      const at = notes.get(keyOf(note));
      return at === undefined ? note : { ...note, at: wholePoint(at) };
    });
  }
}
