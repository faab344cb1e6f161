import type { Colour } from './class-colour.ts';
import type { StrokeFont } from './stroke-font.ts';

/** Draws on a picture, whatever its samples are. What lies outside of the picture is left out. */
export abstract class Canvas {
  readonly #width: number;
  readonly #height: number;

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = width;
    this.#height = height;
  }

  /** A rectangle of at least one pixel that lies wholly in the picture. */
  protected abstract fill(left: number, top: number, right: number, bottom: number, colour: Colour): void;

  /** `coverage` 0–1 of a pixel in the picture. */
  protected abstract blend(x: number, y: number, coverage: number, colour: Colour): void;

  /** From the pixel at (left, top) up to, and without, the one at (right, bottom); all whole numbers. */
  fillRectangle(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const fromX = Math.max(left, 0);
    const fromY = Math.max(top, 0);
    const toX = Math.min(right, this.#width);
    const toY = Math.min(bottom, this.#height);
    if (toX > fromX && toY > fromY) this.fill(fromX, fromY, toX, toY, colour);
  }

  /** The outline of a rectangle, `lineWidth` pixels inwards from its edges. */
  strokeRectangle(left: number, top: number, right: number, bottom: number, lineWidth: number, colour: Colour): void {
    const innerTop = Math.min(top + lineWidth, bottom);
    const innerBottom = Math.max(bottom - lineWidth, innerTop);
    this.fillRectangle(left, top, right, innerTop, colour);
    this.fillRectangle(left, innerBottom, right, bottom, colour);
    this.fillRectangle(left, innerTop, Math.min(left + lineWidth, right), innerBottom, colour);
    this.fillRectangle(Math.max(right - lineWidth, left), innerTop, right, innerBottom, colour);
  }

  /** A filled circle with a soft edge around the point (x, y), in pixels; nothing for a point that is no number. */
  disc(x: number, y: number, radius: number, colour: Colour): void {
    const right = Math.min(this.#width - 1, Math.floor(x + radius));
    const bottom = Math.min(this.#height - 1, Math.floor(y + radius));
    for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row++) {
      for (let column = Math.max(0, Math.floor(x - radius)); column <= right; column++) {
        const coverage = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y);
        if (coverage > 0) this.blend(column, row, Math.min(coverage, 1), colour);
      }
    }
  }

  /** The top left corner of the first capital comes to (left, top). */
  text(left: number, top: number, text: string, font: StrokeFont, colour: Colour): void {
    let glyphX = left - font.margin;
    for (const { width, coverage, advance } of font.glyphs(text)) {
      for (let i = 0; i < coverage.length; i++) {
        const x = glyphX + (i % width);
        const y = top - font.margin + Math.floor(i / width);
        const inside = x >= 0 && y >= 0 && x < this.#width && y < this.#height;
        if (inside && coverage[i] > 0) this.blend(x, y, coverage[i], colour);
      }
      glyphX += advance;
    }
  }
}
