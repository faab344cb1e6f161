import type { Note, Point } from '../document.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';
import { wholeBox, wholePoint } from './whole-point.ts';

/** Adds a note. @param text Markdown. */
export function addNote(draft: BodyDraft, at: Point, text: string): Outcome<{ readonly note: string }> {
  const note: Note = { at: wholePoint(at), text };
  draft.append('notes', [note]);
  return { ok: true, note: keyOf(note), said: 'Added a note.' };
}

/** Sets a note's text, place or size. */
export function changeNote(draft: BodyDraft, note: string, changes: Partial<Note>): Outcome {
  const found = draft.list('notes').some((other) => keyOf(other) === note);
  if (!found) return { ok: false, reason: 'The note is not in the graph any more: choose another.' };
  draft.update('notes', (other) => (keyOf(other) === note ? withKeys(other, wholeBox(changes)) : other));
  return { ok: true, said: 'Changed the note.' };
}
