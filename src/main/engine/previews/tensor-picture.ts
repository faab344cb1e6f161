import { elementCount, type NumericDType, type Tensor } from '../../../shared/node-api/tensor.ts';
import {
  type InterpretedPicture,
  MAX_MAPS,
  type MapsLook,
  type Region,
  type Statistics,
} from '../../../shared/protocol/preview.ts';
import { mapSheet, type Planes } from './feature-maps.ts';
import { pictureOf, type Raster } from './picture.ts';

/** Smallest side, and longest in relation to the shortest, of what is taken for a picture. */
const SMALLEST_SIDE = 4;
const LONGEST_RATIO = 16;

/** How a tensor is looked at. */
export interface TensorLook {
  readonly maxSide: number;
  readonly region?: Region;
  readonly exact: boolean;
  /** Null for what its shape suggests: a picture in grey or colour, or else the first feature maps. */
  readonly maps: MapsLook | null;
}

/** The tensor as a picture; null where its shape is that of none. */
export function tensorPicture(
  tensor: Tensor<NumericDType>,
  statistics: Statistics,
  look: TensorLook,
): InterpretedPicture | null {
  const planes = planesOf(tensor.shape);
  const layout = layoutOf(tensor.shape);
  const { black, white } = shades(tensor, statistics);
  const shown = { black, white, planes: planes && { batches: planes.batches, maps: planes.maps } };
  if (planes !== null && (look.maps !== null || layout === null)) {
    const interpretation = `[${tensor.shape.length === 4 ? `${planes.batches},` : ''}C,H,W] as feature maps`;
    return { ...mapSheet(tensor, planes, look.maps ?? FIRST_MAPS, [black, white], look), ...shown, interpretation };
  }
  if (layout === null) return null;
  const { width, height, channels, planar, interpretation } = layout;
  const raster: Raster = { width, height, channels, planar, data: tensor.data, offset: 0, black, white };
  return { ...pictureOf(raster, look.maxSide, look.region), ...shown, interpretation, grid: null };
}

const FIRST_MAPS: MapsLook = { batch: 0, first: 0, count: MAX_MAPS, range: 'common' };

/** Null for a tensor whose last two dimensions are no picture, and for a single plane. */
function planesOf(shape: readonly number[]): Planes | null {
  if ((shape.length !== 3 && shape.length !== 4) || elementCount(shape) === 0) return null;
  const [batches, maps, height, width] = shape.length === 4 ? shape : [1, ...shape];
  return batches * maps > 1 && isPicture(width, height) ? { width, height, maps, batches } : null;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly planar: boolean;
  readonly interpretation: string;
}

/** As one picture, of a batch the first; null where the shape is that of none. */
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
    return { width: c, height: b, channels: a, planar: true, interpretation };
  }
  if ((c === 1 || c === 3 || c === 4) && isPicture(b, a)) {
    const as = c === 1 ? 'grey' : c === 3 ? 'RGB' : 'RGBA';
    const interpretation = `[${outer}H,W,${c}] as ${as}${first}`;
    return { width: b, height: a, channels: c, planar: false, interpretation };
  }
  return null;
}

function grey(width: number, height: number, interpretation: string): Layout {
  return { width, height, channels: 1, planar: true, interpretation };
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
