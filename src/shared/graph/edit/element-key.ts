import type { After, Frame, Note, Wire } from '../document.ts';

/** What a graph file holds without an id. */
export type KeyedElement = Wire | After | Frame | Note;

/**
 * A name for a wire, frame or note for as long as the document is open: it stays through edits, undo and redo, and two
 * elements never share one. The file has no ids for them, places in a list shift, and two wires may have the same ends
 * in a graph with mistakes; but an undo brings back the very object, so the key can hang on that.
 */
export function keyOf(element: KeyedElement): string {
  const known = KEYS.get(element);
  if (known !== undefined) return known;
  const key = `e${++last}`;
  KEYS.set(element, key);
  return key;
}

/** Makes `after` the same element as `before`, edited. */
export function passKey(before: KeyedElement, after: KeyedElement): void {
  KEYS.set(after, keyOf(before));
}

const KEYS = new WeakMap<KeyedElement, string>();
let last = 0;
