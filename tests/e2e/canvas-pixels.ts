import type { Locator } from 'playwright-core';
import sharp from 'sharp';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four samples a pixel, rows from the top. */
  readonly rgba: Uint8Array;
}

/** What a canvas of the page shows. */
export async function canvasPixels(canvas: Locator): Promise<Pixels> {
  const { width, height, text } = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('It is no canvas.');
    const { width, height } = element;
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data;
    return { width, height, text: new Uint8Array(data?.buffer ?? new ArrayBuffer()).toBase64() };
  });
  return { width, height, rgba: Buffer.from(text, 'base64') };
}

/** A picture as a view of this size shows it: whole, in the middle, nothing drawn on it. */
export async function pictureIn({ width, height }: Pixels, path: string): Promise<Pixels> {
  const rgba = await sharp(path)
    .resize(width, height, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return { width, height, rgba };
}

/** Largest difference of a sample between two views, anywhere within `reach` pixels of a point. */
export function differenceNear(a: Pixels, b: Pixels, x: number, y: number, reach: number): number {
  let largest = 0;
  for (let row = Math.max(0, Math.round(y) - reach); row <= Math.min(a.height - 1, Math.round(y) + reach); row++) {
    for (
      let column = Math.max(0, Math.round(x) - reach);
      column <= Math.min(a.width - 1, Math.round(x) + reach);
      column++
    ) {
      const at = (row * a.width + column) * 4;
      for (let k = 0; k < 3; k++) largest = Math.max(largest, Math.abs(a.rgba[at + k] - b.rgba[at + k]));
    }
  }
  return largest;
}
