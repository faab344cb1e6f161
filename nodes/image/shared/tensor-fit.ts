import { Frame, type Image, type Tensor } from 'weft';
import { type ChannelSource, type SampleWriter, tableOf } from '../../tensor/shared/image-samples.ts';
import type { Region, Scaling } from './placement.ts';
import { scaledRows } from './resample.ts';
import { writeScaledFrame } from './scaled-frame.ts';
import { WHITE } from './white.ts';

/** Where a picture comes to lie in a larger one, and what the rest is filled with. */
export interface Fitting {
  readonly width: number;
  readonly height: number;
  readonly region: Region;
  readonly scaling: Scaling;
  /** Grey, 0–255. */
  readonly padding: number;
}

const SAMPLES = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array };

/**
 * Scales and pads a picture and hands it on row by row, without a picture in between: sample for sample what
 * `image/letterbox` and a whole-picture write would give, in one pass over memory.
 */
export function writeFitted(image: Image, fitting: Fitting, write: SampleWriter): void {
  const { width, height, region, scaling } = fitting;
  const { depth, channels } = image;
  const padded = new SAMPLES[depth](width * channels);
  padded.fill((fitting.padding / 255) * WHITE[depth]);
  const row = padded.slice();
  const writeRow = scaledRows(image, region, scaling, 'bilinear');
  for (let y = 0; y < height; y++) {
    const inside = y >= region.top && y < region.top + region.height;
    if (inside) writeRow(y - region.top, row, region.left * channels);
    write(inside ? row : padded, y * width);
  }
}

/**
 * Scales and pads a frame into a tensor of three channels: sample for sample what `image/letterbox` and a whole-picture
 * write would give, straight from its planes.
 * @param planar channel by channel (`chw`) rather than pixel by pixel (`hwc`).
 */
export function writeFittedFrame(
  frame: Frame,
  { width, height, region, scaling, padding }: Fitting,
  { data, dtype }: Tensor<'float32' | 'float16'>,
  sources: readonly ChannelSource[],
  planar: boolean,
): void {
  const tables = sources.map(({ convert }) => tableOf('u8', dtype, convert));
  const pixel = planar ? 1 : 3;
  const channel = planar ? width * height : 1;

  const pad = (from: number, to: number) => {
    tables.forEach((table, k) => {
      const [start, end] = [k * channel + from * pixel, k * channel + to * pixel];
      if (planar) data.fill(table[padding], start, end);
      else for (let at = start; at < end; at += pixel) data[at] = table[padding];
    });
  };
  const below = region.top + region.height;
  pad(0, region.top * width);
  pad(below * width, height * width);
  for (let y = region.top; y < below && region.width < width; y++) {
    pad(y * width, y * width + region.left);
    pad(y * width + region.left + region.width, (y + 1) * width);
  }

  const [red, green, blue] = [0, 1, 2].map((colour) => sources.findIndex((source) => source.channel === colour));
  const first = (region.top * width + region.left) * pixel;
  writeScaledFrame(frame, region, scaling, {
    data,
    starts: [first + red * channel, first + green * channel, first + blue * channel],
    pixel,
    row: width * pixel,
    tables: [tables[red], tables[green], tables[blue]],
  });
}

/** The form in which `writeFitted` hands on the pixels of a picture; a frame's come in RGB. */
export function samplesOf(image: Frame | Image): Pick<Image, 'depth' | 'channels'> {
  return image instanceof Frame ? { depth: 'u8', channels: 3 } : image;
}
