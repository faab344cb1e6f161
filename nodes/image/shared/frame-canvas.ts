import { type Frame, rgbToYuv } from 'weft';
import { Canvas } from './canvas.ts';
import type { Colour } from './class-colour.ts';

/** Draws into the planes of a frame: no pixel is converted that is not drawn on. */
export class FrameCanvas extends Canvas {
  readonly #frame: Frame;
  readonly #chromaWidth: number;
  readonly #uPlane: number;
  readonly #vPlane: number;
  #colour: Colour = [0, 0, 0];
  #samples: ReturnType<typeof rgbToYuv>;

  constructor(frame: Frame) {
    super(frame);
    this.#frame = frame;
    this.#samples = rgbToYuv(this.#colour, frame.colour);
    this.#chromaWidth = Math.ceil(frame.width / 2);
    this.#uPlane = frame.width * frame.height;
    this.#vPlane = this.#uPlane + this.#chromaWidth * Math.ceil(frame.height / 2);
  }

  protected fill(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const { width, data } = this.#frame;
    const [luma, u, v] = this.#samplesOf(colour);
    for (let y = top; y < bottom; y++) data.fill(luma, y * width + left, y * width + right);
    for (let y = top >> 1; y * 2 < bottom; y++) {
      const rows = Math.min(bottom, y * 2 + 2) - Math.max(top, y * 2);
      for (let x = left >> 1; x * 2 < right; x++) {
        const columns = Math.min(right, x * 2 + 2) - Math.max(left, x * 2);
        this.#blendChroma(x, y, (rows * columns) / 4, u, v);
      }
    }
  }

  protected blend(x: number, y: number, coverage: number, colour: Colour): void {
    const { width, data } = this.#frame;
    const [luma, u, v] = this.#samplesOf(colour);
    const at = y * width + x;
    data[at] += (luma - data[at]) * coverage + 0.5;
    this.#blendChroma(x >> 1, y >> 1, coverage / 4, u, v);
  }

  /** Most strokes have the colour of the one before. */
  #samplesOf(colour: Colour): ReturnType<typeof rgbToYuv> {
    if (colour !== this.#colour) {
      this.#colour = colour;
      this.#samples = rgbToYuv(colour, this.#frame.colour);
    }
    return this.#samples;
  }

  /** Each sample stands for two by two pixels, of which `coverage` (0–1) takes the colour. */
  #blendChroma(x: number, y: number, coverage: number, u: number, v: number): void {
    const { data } = this.#frame;
    const at = y * this.#chromaWidth + x;
    data[this.#uPlane + at] += (u - data[this.#uPlane + at]) * coverage + 0.5;
    data[this.#vPlane + at] += (v - data[this.#vPlane + at]) * coverage + 0.5;
  }
}
