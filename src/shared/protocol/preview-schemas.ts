import { z } from 'zod';
import { frameBytes } from '../node-api/frame.ts';
import { exactly } from './exact-schema.ts';
import type {
  DetectionsPreview,
  FramePicture,
  InterpretedPicture,
  JsonTree,
  KeypointsPreview,
  ListPreview,
  MapGrid,
  MapsLook,
  MaskPreview,
  ModelPreview,
  NumberSeries,
  Picture,
  PicturePreview,
  PinRef,
  PinView,
  PinWatch,
  Preview,
  PreviewMessage,
  PreviewRequest,
  PreviewSpace,
  Region,
  Statistics,
  TablePreview,
  TensorPreview,
} from './preview.ts';
import { MAX_MAPS } from './preview.ts';
import { bytesSchema, frameColourSchema, modelSignatureSchema } from './value-schemas.ts';

const pixels = z.number();
/** NaN and the infinities cross the line as themselves. */
const anyNumber = z.union([z.number(), z.nan(), z.literal([Infinity, -Infinity])]);
const scalar = z.union([anyNumber, z.string(), z.boolean(), z.null()]);

export const pinRefSchema = exactly<PinRef>()(
  z.object({ node: z.string(), side: z.enum(['input', 'output']), pin: z.string() }),
);

const region = exactly<Region>()(z.object({ x: pixels, y: pixels, width: pixels, height: pixels }));

/** No screen is wider; a picture to be saved may be. */
const maxSide = z.int().min(0).max(32_768);

const place = z.int().min(0);

const mapsLook = exactly<MapsLook>()(
  z.object({ batch: place, first: place, count: z.int().min(1).max(MAX_MAPS), range: z.enum(['own', 'common']) }),
);

const detail = { maxSide, whole: z.boolean().optional(), maps: mapsLook.optional() };

export const pinWatchSchema = exactly<PinWatch>()(
  z.object({
    id: z.string(),
    graph: z.string().optional(),
    ref: pinRefSchema,
    together: z.string().optional(),
    ...detail,
  }),
);

export const previewRequestSchema = exactly<PreviewRequest>()(
  z.object({ graph: z.string().optional(), ref: pinRefSchema, ...detail, region: region.optional() }),
);

const statistics = exactly<Statistics>()(
  z.object({
    range: z.object({ min: z.number(), max: z.number(), mean: z.number() }).nullable(),
    nan: z.number(),
    inf: z.number(),
    exact: z.boolean(),
  }),
);

const space = exactly<PreviewSpace>()(z.object({ width: pixels, height: pixels }));

const floats = z.instanceof(Float64Array<ArrayBuffer>);

const pictureSize = { width: pixels, height: pixels, sourceWidth: pixels, sourceHeight: pixels, region };
const pictureForm = { ...pictureSize, rgba: bytesSchema, samples: floats.nullable() };
const hasItsPixels = ({ width, height, rgba }: Picture) => rgba.length === width * height * 4;

const picture = exactly<Picture>()(z.object(pictureForm).refine(hasItsPixels));

const framePicture = exactly<FramePicture>()(
  z
    .object({ ...pictureSize, yuv: bytesSchema, colour: frameColourSchema })
    .refine(({ width, height, yuv }) => yuv.length === frameBytes(width, height)),
);

const mapGrid = exactly<MapGrid>()(
  z.object({
    columns: z.number(),
    rows: z.number(),
    batch: z.number(),
    first: z.number(),
    shown: z.number(),
    ranges: z.array(z.tuple([anyNumber, anyNumber])).nullable(),
  }),
);

const interpretedPicture = exactly<InterpretedPicture>()(
  z
    .object({
      ...pictureForm,
      interpretation: z.string(),
      black: anyNumber,
      white: anyNumber,
      planes: z.object({ batches: z.number(), maps: z.number() }).nullable(),
      grid: mapGrid.nullable(),
    })
    .refine(hasItsPixels),
);

const picturePreview = exactly<PicturePreview>()(
  z.object({
    kind: z.literal('picture'),
    depth: z.enum(['u8', 'u16', 'f32']),
    channels: z.number(),
    statistics,
    picture: z.union([picture, framePicture]).nullable(),
  }),
);

const tensorPreview = exactly<TensorPreview>()(
  z.object({
    kind: z.literal('tensor'),
    dtype: z.string(),
    shape: z.array(z.number()),
    statistics: statistics.nullable(),
    samples: z.array(z.union([anyNumber, z.string()])),
    picture: interpretedPicture.nullable(),
  }),
);

const maskPreview = exactly<MaskPreview>()(
  z.object({ kind: z.literal('mask'), statistics, picture: picture.nullable(), space }),
);

const detectionsPreview = exactly<DetectionsPreview>()(
  z.object({
    kind: z.literal('detections'),
    space,
    total: z.number(),
    detections: z.array(
      z.object({
        label: z.string(),
        classId: z.number(),
        score: anyNumber,
        box: z.tuple([anyNumber, anyNumber, anyNumber, anyNumber]),
      }),
    ),
  }),
);

const keypointsPreview = exactly<KeypointsPreview>()(
  z.object({
    kind: z.literal('keypoints'),
    space,
    total: z.number(),
    objects: z.array(z.array(z.tuple([anyNumber, anyNumber, anyNumber]))),
  }),
);

const tablePreview = exactly<TablePreview>()(
  z.object({
    kind: z.literal('table'),
    columns: z.array(z.string()),
    rows: z.array(z.array(scalar)),
    total: z.number(),
  }),
);

const listPreview = exactly<ListPreview>()(
  z.object({
    kind: z.literal('list'),
    total: z.number(),
    items: z.array(z.object({ type: z.string(), text: z.string().nullable() })),
    statistics: statistics.nullable(),
  }),
);

const modelPreview = exactly<ModelPreview>()(
  z.object({ kind: z.literal('model'), path: z.string(), backend: z.string(), signature: modelSignatureSchema }),
);

const jsonTree: z.ZodType<JsonTree> = z.lazy(() =>
  z.union([
    z.object({ kind: z.literal('leaf'), text: z.string() }),
    z.object({ kind: z.literal('list'), items: z.array(jsonTree), total: z.number() }),
    z.object({ kind: z.literal('record'), entries: z.array(z.tuple([z.string(), jsonTree])), total: z.number() }),
  ]),
);

const content = z.union([
  picturePreview,
  tensorPreview,
  maskPreview,
  detectionsPreview,
  keypointsPreview,
  tablePreview,
  listPreview,
  modelPreview,
  z.object({ kind: z.literal('scalar'), value: scalar }),
  z.object({ kind: z.literal('text'), text: z.string(), length: z.number() }),
  z.object({ kind: z.literal('json'), root: jsonTree }),
  z.object({ kind: z.literal('bytes'), samples: bytesSchema, length: z.number() }),
  z.object({ kind: z.literal('opaque'), className: z.string() }),
]);

const seen = { type: z.string(), bytes: z.number() };

const series = exactly<NumberSeries>()(z.object({ items: floats, values: floats }));

const preview = exactly<Preview>()(
  z.object({
    ...seen,
    run: z.string(),
    item: z.number().nullable(),
    takenAt: z.number().optional(),
    series: series.nullable(),
    content,
  }),
);

export const pinViewSchema = exactly<PinView>()(
  z.union([
    z.object({ state: z.literal('value'), ref: pinRefSchema, preview }),
    z.object({ state: z.enum(['empty', 'failed', 'skipped']), ref: pinRefSchema, reason: z.string() }),
    z.object({ state: z.enum(['passed', 'gone']), ref: pinRefSchema, reason: z.string(), last: z.object(seen) }),
  ]),
);

export const previewMessageSchema = exactly<PreviewMessage>()(z.object({ watch: z.string(), view: pinViewSchema }));
