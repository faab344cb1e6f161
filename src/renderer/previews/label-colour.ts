/**
 * The colour of a class of objects, the same for its name in every picture and every run: a hue from the name, light
 * enough for black letters on it and strong enough to stand out from a photograph.
 */
export function labelColour(label: string): string {
  // FNV-1a: names that differ in one letter come out far apart.
  let hash = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  const hue = ((hash >>> 0) * GOLDEN_ANGLE) % 360;
  return `oklch(0.82 0.17 ${hue.toFixed(1)})`;
}

/** Degrees. */
const GOLDEN_ANGLE = 137.50776;
