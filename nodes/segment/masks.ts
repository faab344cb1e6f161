import {
  type Detections,
  defineNode,
  Image,
  Mask,
  type NodeContext,
  ownSpace,
  pin,
  type Space,
  type Tensor,
  WeftError,
} from 'weft';
import { prototypesOf, type YoloLayout, yoloLayout } from '../detect/shared/families/yolov8.ts';
import { floatsOf } from '../detect/shared/family.ts';
import { bilinearRows } from '../image/shared/bilinear.ts';
import { TENSORS, type Tensors } from '../model/shared/tensors.ts';

export default defineNode({
  type: 'segment/masks',
  version: 1,
  title: 'Masks of detections',
  summary: 'Works out which pixels belong to each detection of a YOLO segmentation model.',
  keywords: ['segmentation', 'instance', 'prototypes', 'coefficients', 'yolo-seg', 'outline'],
  inputs: {
    detections: pin.detections({
      description: 'As detect/nms gives them, before detect/to-original; every one gets a mask.',
    }),
    outputs: pin.rule<Tensors>(TENSORS, { description: 'All outputs of the model that found them, from Infer.' }),
    threshold: pin.number({
      default: 0.5,
      min: 0.01,
      max: 0.99,
      step: 0.01,
      widget: 'slider',
      description: 'How sure a pixel must be to belong to the object.',
    }),
  },
  outputs: {
    masks: pin.list(pin.mask(), {
      description: 'One a detection, as large as the original picture: 255 inside the object, 0 elsewhere.',
    }),
  },
  run({ detections, outputs, threshold }, ctx) {
    const segmentation = segmentationOf(outputs, detections);
    const limit = Math.log(threshold / (1 - threshold));
    return {
      masks: Array.from({ length: detections.count }, (_, i) => maskOf(detections, i, segmentation, limit, ctx)),
    };
  },
});

/** What a YOLO segmentation model gives beside boxes, as `Segment` of ultralytics/nn/modules/head.py exports it. */
interface Segmentation {
  /** float [1, count, height, width]: planes over the model's input, shrunk by a whole number. */
  readonly prototypes: Tensor;
  /** The elements of the other output: the last numbers of a candidate say how much of each prototype its mask has. */
  readonly numbers: Float32Array;
  readonly layout: YoloLayout;
}

function segmentationOf(outputs: Tensors, { space, labels }: Detections): Segmentation {
  const prototypes = prototypesOf(outputs);
  const candidates = [...outputs.values()].find(({ shape }) => shape.length === 3);
  if (prototypes === undefined || candidates === undefined) {
    throw new WeftError(
      'E_VALUE',
      'The outputs have no prototypes of masks, [1, count, height, width]: wire those of a YOLO segmentation model.',
      { pin: 'outputs' },
    );
  }
  const [, count, height, width] = prototypes.shape;
  const shrinking = space.width / width;
  if (!Number.isInteger(shrinking) || space.height / height !== shrinking) {
    throw new WeftError(
      'E_SPACE',
      `The detections are in pixels of a ${space.width}×${space.height} picture, which the prototypes of ${width}×${height} do not cover: wire them as they are before detect/to-original.`,
      { pin: 'detections' },
    );
  }
  const hints = { count: labels.length || undefined, task: 'segment', prototypes: count };
  return { prototypes, numbers: floatsOf(candidates), layout: yoloLayout(candidates, hints) };
}

/** The logits of the prototypes, enlarged to the original's pixels, above the limit and inside the box. */
function maskOf(
  detections: Detections,
  index: number,
  segmentation: Segmentation,
  limit: number,
  ctx: NodeContext,
): Mask {
  const { space, boxes } = detections;
  const { originalWidth: width, originalHeight: height } = space;
  const { data } = ctx.tensor('uint8', [height, width]);
  data.fill(0);
  const mask = new Mask(data, ownSpace(width, height));

  const [left, right] = pixelsBetween(boxes[index * 4], boxes[index * 4 + 2], space.scale, space.padX, width);
  const [top, bottom] = pixelsBetween(boxes[index * 4 + 1], boxes[index * 4 + 3], space.scaleY, space.padY, height);
  if (!(left < right && top < bottom)) return mask;
  const logits = logitsOf(segmentation, candidateOf(detections, index, segmentation.layout));
  const writeRow = bilinearRows(
    logits,
    { width: right - left, height: bottom - top },
    enlarging(space, logits, left, top),
  );
  const row = new Float32Array(right - left);
  for (let y = top; y < bottom; y++) {
    writeRow(y - top, row, 0);
    for (let i = 0; i < row.length; i++) if (row[i] > limit) data[y * width + left + i] = 255;
  }
  return mask;
}

/** The pixels of the original whose centres lie between two places in the model's input: from the first to the second. */
function pixelsBetween(from: number, to: number, scale: number, pad: number, size: number): [number, number] {
  const pixel = (place: number) => Math.min(Math.max(Math.ceil((place - pad) / scale - 0.5), 0), size);
  return [pixel(from), pixel(to)];
}

function candidateOf({ origin }: Detections, index: number, { candidates }: YoloLayout): number {
  const candidate = origin?.candidates[index];
  if (candidate !== undefined && candidate < candidates) return candidate;
  throw new WeftError(
    'E_VALUE',
    'The detections do not come from these outputs: wire the outputs to detect/decode, and its detections here.',
    { pin: 'detections' },
  );
}

/** The sum of the prototypes, weighted by the coefficients of a candidate. */
function logitsOf({ prototypes, numbers, layout }: Segmentation, candidate: number): Image<'f32'> {
  const [, count, height, width] = prototypes.shape;
  const planes = floatsOf(prototypes);
  const sum = new Float32Array(height * width);
  for (let k = 0; k < count; k++) {
    const weight = numbers[(4 + layout.classCount + k) * layout.featureStride + candidate * layout.candidateStride];
    const plane = k * sum.length;
    for (let i = 0; i < sum.length; i++) sum[i] += weight * planes[plane + i];
  }
  return new Image('f32', width, height, 1, sum);
}

/** From the planes to the original: pixels of it per pixel of theirs, and where its pixel (left, top) lies in them. */
function enlarging(space: Space, { width }: Image, left: number, top: number) {
  const shrinking = space.width / width;
  return {
    scaleX: shrinking / space.scale,
    scaleY: shrinking / space.scaleY,
    originX: (left * space.scale + space.padX) / shrinking,
    originY: (top * space.scaleY + space.padY) / shrinking,
  };
}
