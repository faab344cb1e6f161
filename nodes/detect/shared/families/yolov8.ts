import { type NodeContext, type Tensor, WeftError } from 'weft';
import { bestClasses } from '../best-class.ts';
import { setCentred } from '../boxes.ts';
import { type Candidates, type ClassHints, type Family, floatsOf, type Outputs } from '../family.ts';

/** Ultralytics' letterbox, shared by all YOLO from version 5 on. Source: ultralytics/data/augment.py, `LetterBox`. */
export const ULTRALYTICS_PREPARATION = {
  fit: 'centre',
  padding: 114,
  channels: 'rgb',
  scale: 255,
  mean: [0],
  std: [1],
} as const;

/**
 * YOLOv8 and YOLO11: float [1, 4 + classes, candidates] or transposed; the four are centre x, centre y, width and height
 * in pixels of the model's input, the scores are 0–1 already. Segmentation and pose models give further numbers after
 * the scores: mask coefficients, as many as the second output has prototypes, or keypoints.
 * Source: classes `Detect`, `Segment` and `Pose` of ultralytics/nn/modules/head.py, as they export.
 */
export const yolov8: Family = {
  title: 'YOLOv8 or YOLO11',
  form: '[1, 4 + classes, candidates]',
  preparation: ULTRALYTICS_PREPARATION,
  recognises({ outputs: [first, ...others] }) {
    return first?.shape?.length === 3 && others.every(({ shape }) => shape?.length !== 3);
  },
  decode(outputs, _, hints, ctx) {
    const [output] = outputs.values();
    return decodeYolo(output, yoloLayout(output, { ...hints, prototypes: prototypesOf(outputs)?.shape[1] }), ctx);
  },
};

/** The prototypes of a segmentation model, [1, count, height, width]; undefined when there are none. */
export function prototypesOf(outputs: Outputs): Tensor | undefined {
  return [...outputs.values()].find(({ shape }) => shape.length === 4 && shape[0] === 1);
}

export interface YoloLayout {
  readonly candidates: number;
  readonly classCount: number;
  /** Elements from one number of a candidate to its next. */
  readonly featureStride: number;
  /** Elements from one candidate to the next. */
  readonly candidateStride: number;
}

/** @throws E_VALUE when the tensor has another form. */
export function yoloLayout(output: Tensor, hints: ClassHints & { readonly prototypes?: number }): YoloLayout {
  const { shape } = output;
  if (shape.length !== 3 || shape[0] !== 1) {
    throw new WeftError(
      'E_VALUE',
      `${output} is not the output of YOLOv8 or YOLO11 for one picture, [1, 4 + classes, candidates]: wire that output.`,
    );
  }
  const [, rows, columns] = shape;
  const extras = hints.prototypes ?? (TASKS_WITH_EXTRAS.has(hints.task) ? 'some' : 0);
  const expected = hints.count === undefined || extras === 'some' ? undefined : 4 + hints.count + extras;
  // Without a hint the shorter side is taken for the features: there are hundreds of candidates or more.
  const featuresFirst = rows === expected || (columns !== expected && rows <= columns);
  const [features, candidates] = featuresFirst ? [rows, columns] : [columns, rows];

  const classCount = hints.count ?? (extras === 'some' ? 0 : features - 4 - extras);
  const fits = extras === 'some' ? features > 4 + classCount : features === 4 + classCount + extras;
  if (!fits || classCount < 1) {
    const classes = hints.count === undefined ? 'its' : `the ${hints.count}`;
    throw new WeftError(
      'E_VALUE',
      `${output} has ${features} numbers a candidate, not 4 and one for each of ${classes} classes: ` +
        'wire the output of a YOLOv8 or YOLO11 model, with the labels of that model.',
    );
  }
  return featuresFirst
    ? { candidates, classCount, featureStride: candidates, candidateStride: 1 }
    : { candidates, classCount, featureStride: 1, candidateStride: features };
}

/** Ultralytics' tasks whose candidates have numbers after the scores, without prototypes nobody says how many. */
const TASKS_WITH_EXTRAS: ReadonlySet<string | undefined> = new Set(['segment', 'pose']);

function decodeYolo(output: Tensor, layout: YoloLayout, ctx: NodeContext): Candidates {
  const values = floatsOf(output);
  const { candidates, classCount, featureStride, candidateStride } = layout;
  const boxes = ctx.tensor('float32', [candidates, 4]).data;
  for (let i = 0; i < candidates; i++) {
    const at = i * candidateStride;
    const x = values[at];
    const y = values[at + featureStride];
    setCentred(boxes, i, x, y, values[at + featureStride * 2], values[at + featureStride * 3]);
  }
  const scores =
    featureStride === 1
      ? ({ start: 4, candidates, classCount, stride: candidateStride, rows: 'candidates' } as const)
      : ({ start: 4 * featureStride, candidates, classCount, stride: featureStride, rows: 'classes' } as const);
  return { boxes, ...bestClasses(values, scores, ctx), classCount };
}
