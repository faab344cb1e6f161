import type { NumericDType, Tensor } from '../../../shared/node-api/tensor.ts';
import {
  type InterpretedPicture,
  MAX_MAPS,
  MAX_SAMPLES,
  type MapsLook,
  type Region,
} from '../../../shared/protocol/preview.ts';
import { bytesOf, draw, fitted, newSheet, type Raster, samplesIn, within } from './picture.ts';
import { statisticsOf } from './statistics.ts';

/** Planes of a tensor: one for each channel of each of a batch. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly maps: number;
  readonly batches: number;
}

/** Black and white. */
type Shades = readonly [black: number, white: number];

type Sheet = Pick<
  InterpretedPicture,
  'width' | 'height' | 'rgba' | 'sourceWidth' | 'sourceHeight' | 'region' | 'samples' | 'grid'
>;

/** Maps of a tensor side by side, row by row, or a region of the sheet that they make. */
export function mapSheet(
  tensor: Tensor<NumericDType>,
  planes: Planes,
  look: MapsLook,
  common: Shades,
  { maxSide, region, exact }: { readonly maxSide: number; readonly region?: Region; readonly exact: boolean },
): Sheet {
  const { width, height, maps } = planes;
  const batch = Math.min(look.batch, planes.batches - 1);
  const shown = Math.min(look.count, maps, MAX_MAPS);
  const first = Math.min(look.first, maps - shown);
  const columns = Math.ceil(Math.sqrt(shown));
  const rows = Math.ceil(shown / columns);
  const whole = { width: width * columns, height: height * rows };
  const seen = within(region ?? { x: 0, y: 0, ...whole }, whole);
  const size = fitted(seen, maxSide);
  const sheet = newSheet(size.width, size.height);
  const isPixelwise = region !== undefined && size.width === seen.width && seen.width * seen.height <= MAX_SAMPLES;
  const samples = isPixelwise ? new Float64Array(seen.width * seen.height).fill(Number.NaN) : null;
  const ranges: Shades[] = [];
  for (let map = 0; map < shown; map++) {
    const offset = (batch * maps + first + map) * width * height;
    const own = look.range === 'own' ? shadesOf(tensor.data.subarray(offset, offset + width * height), exact) : null;
    if (own !== null) ranges.push(own);
    const [black, white] = own ?? common;
    const corner = { x: (map % columns) * width, y: Math.floor(map / columns) * height };
    const part = overlap(seen, { ...corner, width, height });
    if (part === null) continue;
    const raster: Raster = { width, height, channels: 1, planar: true, data: tensor.data, offset, black, white };
    const from = { ...part, x: part.x - corner.x, y: part.y - corner.y };
    draw(raster, from, sheet, scaled(part, seen, size));
    if (samples !== null) putSamples(samplesIn(raster, from), part, samples, seen);
  }
  return {
    ...size,
    rgba: bytesOf(sheet),
    sourceWidth: whole.width,
    sourceHeight: whole.height,
    region: seen,
    samples,
    grid: { columns, rows, batch, first, shown, ranges: look.range === 'own' ? ranges : null },
  };
}

function shadesOf(plane: Tensor<NumericDType>['data'], exact: boolean): Shades {
  const range = statisticsOf(plane, exact)?.range ?? null;
  return range === null ? [0, 1] : [range.min, range.max];
}

function overlap(a: Region, b: Region): Region | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Where a part of what is seen lies on a sheet of this size. */
function scaled(part: Region, seen: Region, size: { readonly width: number; readonly height: number }): Region {
  const across = (x: number) => Math.round(((x - seen.x) * size.width) / seen.width);
  const down = (y: number) => Math.round(((y - seen.y) * size.height) / seen.height);
  const [x, y] = [across(part.x), down(part.y)];
  return { x, y, width: across(part.x + part.width) - x, height: down(part.y + part.height) - y };
}

function putSamples(part: Float64Array, place: Region, samples: Float64Array, seen: Region): void {
  for (let y = 0; y < place.height; y++) {
    const row = part.subarray(y * place.width, (y + 1) * place.width);
    samples.set(row, (place.y - seen.y + y) * seen.width + place.x - seen.x);
  }
}
