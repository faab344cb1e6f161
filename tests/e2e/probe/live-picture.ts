/**
 * Reads a live picture back from the canvas that a person looks at, and when its frames were captured. The film says the
 * number of each picture in black and white cells (`shape-film.ts`).
 */

export interface Film {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly code: {
    readonly bits: number;
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** A thing in the film: the colour that it is filled with, and that of the box which is drawn around it. */
export interface Thing {
  readonly fill: readonly [red: number, green: number, blue: number];
  /** As CSS says it. */
  readonly line: string;
}

/** Left, top, right, bottom, in pixels of the canvas. */
export type Box = readonly [number, number, number, number];

export interface SeenPicture {
  /** In the film. */
  readonly number: number;
  /** When it was seen, ms of the page's clock. */
  readonly at: number;
  /** By thing: where it is in the picture, and where its box; null where there is none. */
  readonly things: readonly { readonly shape: Box | null; readonly box: Box | null }[];
}

export interface Captured {
  readonly number: number;
  readonly at: number;
}

/** Notes when each frame of the page's cameras comes to it. To be called before the page's own scripts. */
export function watchCaptures({ code }: Film): void {
  const { MediaStreamTrackProcessor } = window;
  if (MediaStreamTrackProcessor === undefined) throw new Error('This browser cannot read the frames of a camera.');
  const note = async (frame: VideoFrame, controller: TransformStreamDefaultController<VideoFrame>) => {
    const at = performance.now();
    const own = frame.clone();
    controller.enqueue(frame);
    captured.push({ number: await numberIn(own, code), at });
    own.close();
  };
  const Noting = (init: { readonly track: MediaStreamTrack }) => {
    const { readable } = new MediaStreamTrackProcessor(init);
    return { readable: readable.pipeThrough(new TransformStream({ transform: note })) };
  };
  Object.assign(window, { MediaStreamTrackProcessor: Noting });
}

/** The frames that were captured so far. */
export function takeCaptures(): Captured[] {
  return captured.splice(0);
}

/** Reads `count` pictures that are not the same as the one before, as the screen shows them. */
export async function seePictures(canvas: HTMLCanvasElement, count: number, film: Film, things: readonly Thing[]) {
  const lines = things.map(({ line }) => rgbOf(line));
  const seen: SeenPicture[] = [];
  while (seen.length < count) {
    await new Promise(requestAnimationFrame);
    const at = performance.now();
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The canvas cannot be read.');
    const number = numberOn(context, film);
    if (number === seen.at(-1)?.number) continue;
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = things.map(({ fill }, k) => ({ shape: extentOf(pixels, fill), box: frameOf(pixels, lines[k]) }));
    seen.push({ number, at, things: found });
  }
  return seen;
}

const captured: Captured[] = [];

/** Distance of two colours up to which they count as the same. */
const NEAR = 60;

type Rgb = readonly [number, number, number];

async function numberIn(frame: VideoFrame, { bits, left, top, width, height }: Film['code']): Promise<number> {
  const rect = { x: left, y: top, width: bits * width, height };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [luma] = await frame.copyTo(bytes, { rect });
  const row = luma.offset + (height / 2) * luma.stride;
  return numberOf(bits, (bit) => bytes[row + (bit + 0.5) * width]);
}

function numberOn(context: CanvasRenderingContext2D, { width, height, code }: Film): number {
  const { canvas } = context;
  const scale = Math.min(canvas.width / width, canvas.height / height);
  const x = (canvas.width - width * scale) / 2 + code.left * scale;
  const y = (canvas.height - height * scale) / 2 + (code.top + code.height / 2) * scale;
  const { data } = context.getImageData(x, y, code.bits * code.width * scale, 1);
  return numberOf(code.bits, (bit) => data[Math.floor((bit + 0.5) * code.width * scale) * 4]);
}

function numberOf(bits: number, lumaOf: (bit: number) => number): number {
  let number = 0;
  for (let bit = 0; bit < bits; bit++) number = number * 2 + (lumaOf(bit) > 127 ? 1 : 0);
  return number;
}

/** All that is of a colour lies within; single pixels that are a mixture of others are left out. */
function extentOf({ data, width, height }: ImageData, colour: Rgb): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isNear(data, y * width + x, colour) || !isNear(data, y * width + x + 1, colour)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 2);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return left < right ? [left, top, right, bottom] : null;
}

/** The rectangle that is drawn in a colour; its label stands on its upper edge, at the left, and is none of it. */
function frameOf({ data, width, height }: ImageData, colour: Rgb): Box | null {
  const isLine = (x: number, y: number) => isNear(data, y * width + x, colour);
  for (let bottom = height - 1; bottom > 0; bottom--) {
    let [left, right, count] = [width, 0, 0];
    for (let x = 0; x < width; x++) {
      if (!isLine(x, bottom)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      count++;
    }
    if (count < SHORTEST) continue;
    let top = bottom;
    while (top > 0 && (isLine(right, top - 1) || isLine(right - 1, top - 1))) top--;
    return [left, top, right + 1, bottom + 1];
  }
  return null;
}

/** Pixels of an edge of a box, at least. */
const SHORTEST = 20;

function isNear(data: Uint8ClampedArray, pixel: number, [red, green, blue]: Rgb): boolean {
  const at = pixel * 4;
  return Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < NEAR;
}

function rgbOf(css: string): Rgb {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
