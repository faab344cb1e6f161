import { Detections } from '../../../shared/node-api/detections.ts';
import { Frame } from '../../../shared/node-api/frame.ts';
import { Image } from '../../../shared/node-api/image.ts';
import { Keypoints } from '../../../shared/node-api/keypoints.ts';
import { Mask } from '../../../shared/node-api/mask.ts';
import { Model } from '../../../shared/node-api/model.ts';
import { type NumericDType, Tensor } from '../../../shared/node-api/tensor.ts';
import { yuvToRgb } from '../../../shared/node-api/yuv.ts';
import {
  type DetectionsPreview,
  GLANCE,
  type KeypointsPreview,
  type ListPreview,
  MAX_BYTES,
  type MapsLook,
  type MaskPreview,
  type PicturePreview,
  type PreviewContent,
  type PreviewLimits,
  type Region,
  type Statistics,
  type TablePreview,
  type TensorPreview,
} from '../../../shared/protocol/preview.ts';
import { describePinType } from '../../../shared/types/pin-type-text.ts';
import { typeOfValue } from '../../../shared/types/value-check.ts';
import { framePicture } from './frame-picture.ts';
import { jsonTree, recordOf } from './json-tree.ts';
import { pictureOf, type Raster } from './picture.ts';
import { isRecord, readableJson } from './readable-json.ts';
import { type Numbers, statisticsOf, statisticsOfList } from './statistics.ts';
import { tensorPicture } from './tensor-picture.ts';

/** How closely a value is looked at. */
export interface Look {
  /** Longest side of a picture, in pixels; 0 for none. */
  readonly maxSide: number;
  readonly region?: Region;
  /** Statistics of all values, however many. */
  readonly exact: boolean;
  readonly limits: PreviewLimits;
  /** Null for what the shape of a tensor suggests. */
  readonly maps: MapsLook | null;
}

/** What there is to see of a value. It is only read, and nothing of the result lies in its memory. */
export function contentOf(value: unknown, look: Look): PreviewContent {
  if (value instanceof Image) return imageContent(value, look);
  if (value instanceof Frame) return frameContent(value, look);
  if (value instanceof Mask) return maskContent(value, look);
  if (value instanceof Tensor) return tensorContent(value, look);
  if (value instanceof Detections) return detectionsContent(value, look.limits);
  if (value instanceof Keypoints) return keypointsContent(value, look.limits);
  if (value instanceof Model) {
    return { kind: 'model', path: value.path, backend: value.backend, signature: value.signature };
  }
  if (value instanceof Uint8Array) {
    return { kind: 'bytes', samples: Uint8Array.from(value.subarray(0, MAX_BYTES)), length: value.length };
  }
  if (Array.isArray(value)) return isRecord(value[0]) ? tableContent(value, look.limits) : listContent(value, look);
  if (recordOf(value) !== null) return { kind: 'json', root: jsonTree(value, look.limits) };
  switch (typeof value) {
    case 'string':
      return value.length <= SHORT
        ? { kind: 'scalar', value }
        : { kind: 'text', text: value.slice(0, look.limits.text), length: value.length };
    case 'number':
    case 'boolean':
      return { kind: 'scalar', value };
    case 'bigint':
      return { kind: 'scalar', value: String(value) };
    case 'object':
      return value === null
        ? { kind: 'scalar', value }
        : { kind: 'opaque', className: value.constructor?.name ?? 'object' };
    default:
      return { kind: 'opaque', className: typeof value };
  }
}

/** Characters of a text that is shown in one line. */
const SHORT = 80;
/** Values of a tensor that are shown as numbers. */
const FIRST_VALUES = 64;
/** Longest side of what statistics of a frame are taken from. */
const FRAME_SIDE = 128;
const WHITE = { u8: 255, u16: 65_535, f32: 1 };

function imageContent(image: Image, { maxSide, region, exact }: Look): PicturePreview {
  const { width, height, channels, depth, data } = image;
  const raster: Raster = { width, height, channels, planar: false, data, offset: 0, black: 0, white: WHITE[depth] };
  return {
    kind: 'picture',
    depth,
    channels,
    statistics: ofSome(data, exact),
    picture: maxSide > 0 ? pictureOf(raster, maxSide, region) : null,
  };
}

/** While frames flow, only what statistics are taken from is converted. */
function frameContent(frame: Frame, look: Look): PicturePreview {
  if (look.exact || look.region !== undefined) return imageContent(frame.image(), look);
  const { width, height, yuv, colour } = framePicture(frame, FRAME_SIDE);
  return {
    kind: 'picture',
    depth: 'u8',
    channels: 3,
    statistics: { ...ofSome(yuvToRgb({ width, height, data: yuv, colour }), false), exact: false },
    picture: look.maxSide > 0 ? framePicture(frame, look.maxSide) : null,
  };
}

function maskContent({ data, space }: Mask, { maxSide, region, exact }: Look): MaskPreview {
  const { width, height } = space;
  const statistics = ofSome(data, exact);
  // A mask of class ids is as good as black unless its largest id is white.
  const white = data instanceof Uint8Array ? statistics.range?.max || 1 : 1;
  const raster: Raster = { width, height, channels: 1, planar: true, data, offset: 0, black: 0, white };
  const picture = maxSide > 0 ? pictureOf(raster, maxSide, region) : null;
  return { kind: 'mask', statistics, picture, space: { width, height } };
}

function tensorContent(tensor: Tensor, look: Look): TensorPreview {
  const { dtype, shape, data } = tensor;
  const samples = Array.from({ length: Math.min(data.length, FIRST_VALUES) }, (_, k) => {
    const sample = data[k];
    return typeof sample === 'bigint' ? String(sample) : sample;
  });
  if (tensor.is('string')) return { kind: 'tensor', dtype, shape, samples, statistics: null, picture: null };
  // Sound: every type but string, which has been dealt with, is numeric.
  const numeric = tensor as Tensor<NumericDType>;
  const statistics = statisticsOf(numeric.data, look.exact);
  const picture = look.maxSide > 0 && statistics !== null ? tensorPicture(numeric, statistics, look) : null;
  return { kind: 'tensor', dtype, shape, samples, statistics, picture };
}

/** Of data that is never empty: a picture has at least one pixel. */
function ofSome(data: Numbers, exact: boolean): Statistics {
  return statisticsOf(data, exact) ?? { range: null, nan: 0, inf: 0, exact: true };
}

function detectionsContent(detections: Detections, { objects }: PreviewLimits): DetectionsPreview {
  const { boxes, scores, classIds, space, count } = detections;
  return {
    kind: 'detections',
    space: { width: space.width, height: space.height },
    total: count,
    detections: Array.from({ length: Math.min(count, objects) }, (_, k) => ({
      label: detections.labelOf(k),
      classId: classIds[k],
      score: scores[k],
      box: [boxes[4 * k], boxes[4 * k + 1], boxes[4 * k + 2], boxes[4 * k + 3]] as const,
    })),
  };
}

function keypointsContent(
  { points, scores, perObject, count, space }: Keypoints,
  { objects }: PreviewLimits,
): KeypointsPreview {
  const point = (k: number) => [points[2 * k], points[2 * k + 1], scores[k]] as const;
  return {
    kind: 'keypoints',
    space: { width: space.width, height: space.height },
    total: count,
    objects: Array.from({ length: Math.min(count, objects) }, (_, object) =>
      Array.from({ length: perObject }, (_, k) => point(object * perObject + k)),
    ),
  };
}

function tableContent(rows: readonly unknown[], limits: PreviewLimits): TablePreview {
  const first = rows.slice(0, limits.rows).map((row) => (isRecord(row) ? row : { value: row }));
  const columns = [...new Set(first.flatMap((row) => Object.keys(row)))];
  return {
    kind: 'table',
    columns,
    rows: first.map((row) => columns.map((column) => cellOf(row[column]))),
    total: rows.length,
  };
}

function cellOf(value: unknown): number | string | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (value === undefined) return null;
  if (typeof value === 'string') return value.slice(0, GLANCE.text);
  return readableJson(value, SHORT).text;
}

function listContent(list: readonly unknown[], { exact, limits }: Look): ListPreview {
  const items = list.slice(0, limits.rows).map((item) => ({
    type: describePinType(typeOfValue(item)),
    text: typeof item === 'object' && item !== null && !Array.isArray(item) ? null : readableJson(item, SHORT).text,
  }));
  return { kind: 'list', total: list.length, items, statistics: statisticsOfList(list, exact) };
}
