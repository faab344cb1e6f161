/** Red, green and blue, 0–1. */
export type Colour = readonly [number, number, number];

/** The golden angle sets neighbouring classes far apart on the colour wheel and never repeats. */
export function classColour(classId: number): Colour {
  const hue = (classId * 137.508 + 15) % 360;
  const lightness = [0.5, 0.68, 0.38][Math.abs(classId) % 3];
  const part = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return lightness - 0.9 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [part(0), part(8), part(4)];
}
