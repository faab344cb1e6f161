/**
 * Width of a text on the canvas at zoom 1, CSS pixels, rather too large than too small: with it a text is cut off only
 * where it may be too long. Each element that cuts off costs time in every frame (decision 015), and few texts need it.
 * @param font `sans` at 12 px, as names are written; `mono` at 11 px, as types and values are
 */
export function textWidth(text: string, font: keyof typeof FONTS): number {
  const { family, size, known } = FONTS[font];
  const before = known.get(text);
  if (before !== undefined) return before;
  context ??= new OffscreenCanvas(0, 0).getContext('2d');
  if (context === null) return Number.POSITIVE_INFINITY;
  context.font = `${size} ${getComputedStyle(document.documentElement).getPropertyValue(family)}`;
  const width = context.measureText(text).width * MARGIN;
  known.set(text, width);
  return width;
}

const FONTS = {
  sans: { family: '--font-sans', size: '500 12px', known: new Map<string, number>() },
  mono: { family: '--font-mono', size: '11px', known: new Map<string, number>() },
};

/** For the moments before the font is there, and another one is measured. */
const MARGIN = 1.1;

let context: OffscreenCanvasRenderingContext2D | null | undefined;
