import type { Image } from 'weft';
import type { Colour } from './class-colour.ts';
import type { StrokeFont } from './stroke-font.ts';
import { WHITE } from './white.ts';

/** Draws on a picture of three or four channels. What lies outside of the picture is left out. */
export class Canvas {
  readonly #image: Image;
  readonly #white: number;

  constructor(image: Image) {
    this.#image = image;
    this.#white = WHITE[image.depth];
  }

  /** From the pixel at (left, top) up to, and without, the one at (right, bottom); all whole numbers. */
  fillRectangle(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const { width, height, channels, data } = this.#image;
    const samples = [...colour, 1].map((sample) => sample * this.#white);
    const endX = Math.min(right, width);
    const endY = Math.min(bottom, height);
    for (let y = Math.max(top, 0); y < endY; y++) {
      for (let x = Math.max(left, 0); x < endX; x++) {
        const at = (y * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) data[at + channel] = samples[channel];
      }
    }
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
    const { width, height } = this.#image;
    const right = Math.min(width - 1, Math.floor(x + radius));
    const bottom = Math.min(height - 1, Math.floor(y + radius));
    for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row++) {
      for (let column = Math.max(0, Math.floor(x - radius)); column <= right; column++) {
        const coverage = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y);
        if (coverage > 0) this.#blend(column, row, Math.min(coverage, 1), colour);
      }
    }
  }

  /** The top left corner of the first capital comes to (left, top). */
  text(left: number, top: number, text: string, font: StrokeFont, colour: Colour): void {
    let x = left - font.margin;
    for (const { width, coverage, advance } of font.glyphs(text)) {
      for (let i = 0; i < coverage.length; i++) {
        if (coverage[i] > 0)
          this.#blend(x + (i % width), top - font.margin + Math.floor(i / width), coverage[i], colour);
      }
      x += advance;
    }
  }

  #blend(x: number, y: number, coverage: number, colour: Colour): void {
    const { width, height, channels, data } = this.#image;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const at = (y * width + x) * channels;
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] += (colour[channel] * this.#white - data[at + channel]) * coverage;
    }
  }
}
