import { elementCount, type NumericDType, type Tensor } from '../../../shared/node-api/tensor.ts';
import type { InterpretedPicture, Region, Statistics } from '../../../shared/protocol/preview.ts';
import { bytesOf, draw, fitted, newSheet, pictureOf, type Raster, wholeOf } from './picture.ts';

/** Smallest side, and longest in relation to the shortest, of what is taken for a picture. */
const SMALLEST_SIDE = 4;
const LONGEST_RATIO = 16;
/** Feature maps on one sheet. */
const MOST_MAPS = 64;

/** The tensor as a picture; null where its shape is that of none. `region` does not apply to feature maps. */
export function tensorPicture(
  tensor: Tensor<NumericDType>,
  statistics: Statistics,
  maxSide: number,
  region?: Region,
): InterpretedPicture | null {
  const layout = layoutOf(tensor.shape);
  if (layout === null) return null;
  const { width, height, channels, maps, planar, interpretation } = layout;
  const { black, white } = shades(tensor, statistics);
  const raster: Raster = { width, height, channels, planar, data: tensor.data, offset: 0, black, white };
  const shown = { interpretation, black, white };
  if (maps === 1) return { ...pictureOf(raster, maxSide, region), ...shown, grid: null };
  return { ...sheetOf(raster, maps, maxSide), ...shown };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly planar: boolean;
  /** Single-channel planes that are shown side by side; 1 for a picture. */
  readonly maps: number;
  readonly interpretation: string;
}

/** Of a batch, the first is shown. */
function layoutOf(shape: readonly number[]): Layout | null {
  if (elementCount(shape) === 0) return null;
  const outer = shape.length === 4 ? `${shape[0]},` : '';
  const first = shape.length === 4 && shape[0] > 1 ? `, the first of ${shape[0]}` : '';
  const [a, b, c] = shape.length === 4 ? shape.slice(1) : shape;
  if (shape.length === 2 && isPicture(b, a)) return grey(b, a, '[H,W] as grey');
  if (shape.length !== 3 && shape.length !== 4) return null;
  if (a === 1 && isPicture(c, b)) return grey(c, b, `[${outer}1,H,W] as grey${first}`);
  if ((a === 3 || a === 4) && isPicture(c, b)) {
    const as = a === 3 ? 'RGB' : 'RGBA';
    const interpretation = `[${outer}${a},H,W] as ${as} planes${first}`;
    return { width: c, height: b, channels: a, planar: true, maps: 1, interpretation };
  }
  if ((c === 1 || c === 3 || c === 4) && isPicture(b, a)) {
    const as = c === 1 ? 'grey' : c === 3 ? 'RGB' : 'RGBA';
    const interpretation = `[${outer}H,W,${c}] as ${as}${first}`;
    return { width: b, height: a, channels: c, planar: false, maps: 1, interpretation };
  }
  if (!isPicture(c, b)) return null;
  return { ...grey(c, b, `[${outer}C,H,W] as feature maps${first}`), maps: a };
}

function grey(width: number, height: number, interpretation: string): Layout {
  return { width, height, channels: 1, planar: true, maps: 1, interpretation };
}

function isPicture(width: number, height: number): boolean {
  const shortest = Math.min(width, height);
  return shortest >= SMALLEST_SIDE && Math.max(width, height) <= LONGEST_RATIO * shortest;
}

/** 0–1 and whole bytes are shown as they are; everything else is stretched from its smallest to its largest value. */
function shades({ dtype }: Tensor, { range }: Statistics): { black: number; white: number } {
  if (dtype === 'uint8') return { black: 0, white: 255 };
  if (dtype === 'bool' || range === null) return { black: 0, white: 1 };
  const isFloat = dtype === 'float32' || dtype === 'float64' || dtype === 'float16';
  if (isFloat && range.min >= 0 && range.max <= 1) return { black: 0, white: 1 };
  return { black: range.min, white: range.max > range.min ? range.max : range.min + 1 };
}

/** The first maps of a raster's planes, side by side. */
function sheetOf(
  raster: Raster,
  total: number,
  maxSide: number,
): Omit<InterpretedPicture, 'interpretation' | 'black' | 'white'> {
  const shown = Math.min(total, MOST_MAPS);
  const columns = Math.ceil(Math.sqrt(shown));
  const rows = Math.ceil(shown / columns);
  const tile = fitted(raster, Math.max(1, Math.floor(maxSide / columns)));
  const sheet = newSheet(tile.width * columns, tile.height * rows);
  for (let map = 0; map < shown; map++) {
    const plane = { ...raster, offset: map * raster.width * raster.height };
    const place = { x: (map % columns) * tile.width, y: Math.floor(map / columns) * tile.height, ...tile };
    draw(plane, wholeOf(raster), sheet, place);
  }
  const whole = { width: raster.width * columns, height: raster.height * rows };
  return {
    width: sheet.width,
    height: sheet.height,
    rgba: bytesOf(sheet),
    sourceWidth: whole.width,
    sourceHeight: whole.height,
    region: wholeOf(whole),
    samples: null,
    grid: { columns, rows, shown, total },
  };
}
