import type { Frame } from '../document.ts';
import { boundsOf, type NodeSizes, selectedBoxes } from './boxes.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';
import type { Selection } from './selection.ts';
import { wholeBox, wholePoint } from './whole-point.ts';

/** Adds a frame around what is selected. */
export function addFrame(
  draft: BodyDraft,
  selection: Selection,
  sizes: NodeSizes,
  title: string,
): Outcome<{ readonly frame: string }> {
  const bounds = boundsOf(selectedBoxes(draft, selection, sizes));
  if (bounds === undefined) return { ok: false, reason: 'Nothing to put a frame around is selected: select a node.' };
  const [x, y] = bounds.at;
  const [width, height] = bounds.size;
  const frame: Frame = {
    at: wholePoint([x - PADDING, y - PADDING - TITLE_HEIGHT]),
    size: wholePoint([width + 2 * PADDING, height + 2 * PADDING + TITLE_HEIGHT]),
    title,
  };
  draft.append('frames', [frame]);
  return { ok: true, frame: keyOf(frame), said: `Added the frame ${title}.` };
}

/** Sets a frame's place, size, title or colour (`#rrggbb`); undefined removes title or colour. */
export function changeFrame(draft: BodyDraft, frame: string, changes: Partial<Frame>): Outcome {
  const found = draft.list('frames').some((other) => keyOf(other) === frame);
  if (!found) return { ok: false, reason: 'The frame is not in the graph any more: choose another.' };
  draft.update('frames', (other) => (keyOf(other) === frame ? withKeys(other, wholeBox(changes)) : other));
  return { ok: true, said: 'Changed the frame.' };
}

/** Between a frame and what it was put around, and room for its title, in canvas units. */
const PADDING = 24;
const TITLE_HEIGHT = 32;
