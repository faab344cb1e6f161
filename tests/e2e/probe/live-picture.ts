// That a browser can read the frames of a camera is declared there.
import type {} from '../../../src/renderer/camera/track-frames.ts';
import type { Box, Captured, Film, SeenPicture, Thing } from './seen-picture.ts';

/**
 * Reads a live picture back from the canvas that a person looks at, and when its frames were captured. The film says the
 * number of each picture in black and white cells (`shape-film.ts`).
 */

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
  const noting = new Proxy(MediaStreamTrackProcessor, {
    construct(Processor, [init]) {
      const { readable } = new Processor(init);
      cameras++;
      return { readable: readable.pipeThrough(new TransformStream({ transform: note })) };
    },
  });
  Object.assign(window, { MediaStreamTrackProcessor: noting });
}

/** How many cameras the page has begun to read. */
export function camerasRead(): number {
  return cameras;
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
    const context = contextOf(canvas);
    const number = numberOn(context, film);
    if (number === seen.at(-1)?.number) continue;
    // Reading all of it takes a while, which would be a part of what is measured.
    const pixels = context.getImageData(0, 0, things.length === 0 ? 1 : canvas.width, canvas.height);
    const found = things.map(({ fill }, k) => ({ shape: extentOf(pixels, fill), box: frameOf(pixels, lines[k]) }));
    seen.push({ number, at, things: found });
  }
  return seen;
}

/**
 * From the next key on, notes the numbers of the pictures that are shown with boxes, as the canvas is described to those who
 * do not see it, until one has none. The one that is there when the key is pressed comes first.
 */
export function watchBoxes(canvas: HTMLCanvasElement, film: Film): void {
  const key = new Promise((resolve) => addEventListener('keydown', resolve, { once: true, capture: true }));
  boxed = key.then(async () => {
    const numbers: number[] = [];
    while (/with [1-9]/.test(canvas.ariaLabel ?? '')) {
      const number = numberOn(contextOf(canvas), film);
      if (number !== numbers.at(-1)) numbers.push(number);
      await new Promise(requestAnimationFrame);
    }
    return numbers;
  });
}

/** What `watchBoxes` has noted, once there are no boxes any more. */
export function boxedPictures(): Promise<number[]> {
  return boxed;
}

const captured: Captured[] = [];
let cameras = 0;
let boxed: Promise<number[]> = Promise.resolve([]);

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

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The canvas cannot be read.');
  return context;
}

function rgbOf(css: string): Rgb {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
