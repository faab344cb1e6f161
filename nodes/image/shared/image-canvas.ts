import type { Image } from 'weft';
import { Canvas } from './canvas.ts';
import type { Colour } from './class-colour.ts';
import { WHITE } from './white.ts';

/** Draws on a picture of three or four channels. */
export class ImageCanvas extends Canvas {
  readonly #image: Image;
  readonly #white: number;

  constructor(image: Image) {
    super(image);
    this.#image = image;
    this.#white = WHITE[image.depth];
  }

  protected fill(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const { width, channels, data } = this.#image;
    const samples = [...colour, 1].map((sample) => sample * this.#white);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = (y * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) data[at + channel] = samples[channel];
      }
    }
  }

  protected blend(x: number, y: number, coverage: number, colour: Colour): void {
    const { width, channels, data } = this.#image;
    const at = (y * width + x) * channels;
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] += (colour[channel] * this.#white - data[at + channel]) * coverage;
    }
  }
}
