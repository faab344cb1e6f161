import { type Tensor, WeftError } from 'weft';

/** Every candidate of a model, with its best class. */
export interface Candidates {
  /** Left, top, right, bottom of each, in pixels of the model's input. */
  readonly boxes: Float32Array;
  /** NaN for a candidate that has no number for a score. */
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
  /** How many classes the model tells apart. */
  readonly classCount: number;
}

/** What is known of the classes: how many there are, and whether numbers for another task follow their scores. */
export interface Classes {
  readonly count: number;
  readonly hasExtras: boolean;
}

/**
 * Reads the output of YOLOv8 and YOLO11: float [1, 4 + classes, candidates] or transposed; the four are centre x,
 * centre y, width and height in pixels of the model's input, the scores are 0–1 already.
 * Source: class `Detect` of ultralytics/nn/modules/head.py, as it exports.
 *
 * @throws E_VALUE when the tensor has another form.
 */
export function decodeYolo(output: Tensor, classes?: Classes): Candidates {
  const values = floatsOf(output);
  const { candidates, classCount, featureStride, candidateStride } = layoutOf(output, classes);

  const boxes = new Float32Array(candidates * 4);
  for (let i = 0; i < candidates; i++) {
    const at = i * candidateStride;
    const x = values[at];
    const y = values[at + featureStride];
    const halfWidth = values[at + featureStride * 2] / 2;
    const halfHeight = values[at + featureStride * 3] / 2;
    boxes[i * 4] = x - halfWidth;
    boxes[i * 4 + 1] = y - halfHeight;
    boxes[i * 4 + 2] = x + halfWidth;
    boxes[i * 4 + 3] = y + halfHeight;
  }

  const scores = new Float32Array(candidates).fill(Number.NaN);
  const classIds = new Int32Array(candidates);
  // Class by class: the usual layout has the scores of one class side by side in memory.
  for (let id = 0; id < classCount; id++) {
    for (let i = 0, at = (4 + id) * featureStride; i < candidates; i++, at += candidateStride) {
      const score = values[at];
      if (score > scores[i] || Number.isNaN(scores[i])) {
        scores[i] = score;
        classIds[i] = id;
      }
    }
  }
  return { boxes, scores, classIds, classCount };
}

function floatsOf(output: Tensor): Float32Array {
  if (output.is('float32')) return output.data;
  if (output.is('float16')) return new Float32Array(output.data);
  throw new WeftError(
    'E_VALUE',
    `Detections are decoded from float32 or float16, not from ${output}: wire the model's output for boxes.`,
    { pin: 'output' },
  );
}

interface Layout {
  readonly candidates: number;
  readonly classCount: number;
  /** Elements from one number of a candidate to its next. */
  readonly featureStride: number;
  /** Elements from one candidate to the next. */
  readonly candidateStride: number;
}

function layoutOf(output: Tensor, classes: Classes | undefined): Layout {
  const { shape } = output;
  if (shape.length !== 3 || shape[0] !== 1) {
    throw new WeftError(
      'E_VALUE',
      `${output} is not the output of YOLOv8 or YOLO11 for one picture, [1, 4 + classes, candidates]: wire that output.`,
      { pin: 'output' },
    );
  }
  const [, rows, columns] = shape;
  const expected = classes && !classes.hasExtras ? 4 + classes.count : undefined;
  // Without a hint the shorter side is taken for the features: there are hundreds of candidates or more.
  const featuresFirst = rows === expected || (columns !== expected && rows <= columns);
  const [features, candidates] = featuresFirst ? [rows, columns] : [columns, rows];

  const classCount = classes?.count ?? features - 4;
  const fits = classes?.hasExtras ? features >= 4 + classCount : features === 4 + classCount;
  if (!fits || classCount < 1) {
    throw new WeftError(
      'E_VALUE',
      `${output} has ${features} numbers a candidate, not 4 and one for each of ${classes ? `the ${classCount}` : 'its'} classes: ` +
        'wire the output of a YOLOv8 or YOLO11 model, with the labels of that model.',
      { pin: 'output' },
    );
  }
  return featuresFirst
    ? { candidates, classCount, featureStride: candidates, candidateStride: 1 }
    : { candidates, classCount, featureStride: 1, candidateStride: features };
}
