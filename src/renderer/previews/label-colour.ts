/**
 * The colour of a class of objects: the same for its name in every picture and every run, and another than those of the
 * classes seen before it, as long as there are colours left. Light enough for black letters on it, and strong enough to
 * stand out from a photograph.
 */
export function labelColour(label: string): string {
  let slot = SLOTS.get(label);
  if (slot === undefined) {
    slot = freeSlot(hashOf(label) % SLOT_COUNT);
    SLOTS.set(label, slot);
    TAKEN.add(slot);
  }
  const lightness = slot < HUES ? 0.84 : 0.7;
  return `oklch(${lightness} 0.17 ${(slot % HUES) * (360 / HUES)})`;
}

/** As many as can be told apart at a glance, each light and dark. */
const HUES = 9;
const SLOT_COUNT = 2 * HUES;
/** From one colour to the next that is tried, far from it; it has no divisor in common with their number. */
const STRIDE = 5;

const SLOTS = new Map<string, number>();
const TAKEN = new Set<number>();

function freeSlot(preferred: number): number {
  for (let tries = 0; tries < SLOT_COUNT; tries++) {
    const slot = (preferred + tries * STRIDE) % SLOT_COUNT;
    if (!TAKEN.has(slot)) return slot;
  }
  return preferred;
}

/** FNV-1a: names that differ in one letter come out far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
