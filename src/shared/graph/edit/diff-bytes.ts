import type { Diff, GraphDiff } from './graph-diff.ts';

/**
 * About how much memory a diff holds, in bytes: the parts of the touched elements that only one of the two versions
 * has. What both have is part of the document, whichever of them is shown, and costs the history nothing.
 */
export function diffBytes(diff: GraphDiff): number {
  const before = new Set<object>();
  const after = new Set<object>();
  collectSides(diff, before, after);
  let bytes = 0;
  for (const object of before.symmetricDifference(after)) bytes += ownBytes(object);
  return bytes;
}

function collectSides(diff: Diff, before: Set<object>, after: Set<object>): void {
  switch (diff.kind) {
    case 'value':
      collect([diff.before], before);
      collect([diff.after], after);
      break;
    case 'list':
      for (const placed of diff.removed) collect(placed, before);
      for (const placed of diff.inserted) collect(placed, after);
      break;
    case 'record':
      if (diff.keys !== null) collect(diff.keys, before);
      for (const inner of diff.changed.values()) collectSides(inner, before, after);
  }
}

/** Adds every object that a value is made of. */
function collect(value: object, objects: Set<object>): void {
  const pending = [value];
  for (let object = pending.pop(); object !== undefined; object = pending.pop()) {
    if (objects.has(object)) continue;
    objects.add(object);
    for (const part of Object.values(object)) if (typeof part === 'object' && part !== null) pending.push(part);
  }
}

function ownBytes(object: object): number {
  let bytes = OBJECT_BYTES;
  for (const part of Object.values(object)) {
    bytes += ENTRY_BYTES + (typeof part === 'string' ? part.length * CHARACTER_BYTES : 0);
  }
  return bytes;
}

/** What V8 needs at most for an object with its elements, for each of its entries, and for a character of a text. */
const OBJECT_BYTES = 56;
const ENTRY_BYTES = 16;
const CHARACTER_BYTES = 2;
