import type { Tensor } from 'weft';
import { setCentred } from '../boxes.ts';
import { canBe, type Family, floatsOf, type Outputs, type Size, wrongForm } from '../family.ts';
import { cellCount, forEachCell } from '../grid.ts';

const STRIDES = [8, 16, 32];
/** Numbers that each kind of output has for a cell. */
const WIDTHS = { cls: 1, obj: 1, bbox: 4, kps: 10 } as const;
type Part = keyof typeof WIDTHS;
const PARTS = Object.keys(WIDTHS) as Part[];

/** Right eye, left eye, tip of the nose, right and left corner of the mouth, as the person has them. */
const POINTS = 5;

/**
 * YuNet, a detector of faces: for each of the strides 8, 16 and 32 outputs `cls_8`, `obj_8` float [1, cells, 1], whose
 * geometric mean is the score, `bbox_8` [1, cells, 4] (centre from the corner of the cell in strides, logarithms of width
 * and height in strides) and `kps_8` [1, cells, 10] (five points from the corner of the cell in strides).
 * Pictures are BGR of 0–255 of any size that 32 divides, padded with black at the right and below.
 * Source: Wu et al., YuNet: A Tiny Millisecond-level Face Detector (2023); modules/objdetect/src/face_detect.cpp of OpenCV.
 */
export const yunet: Family = {
  title: 'YuNet',
  form: '`cls`, `obj`, `bbox` and `kps` for each of the strides 8, 16 and 32',
  preparation: { fit: 'corner', padding: 0, channels: 'bgr', scale: 1, mean: [0], std: [1] },
  labels: ['face'],
  recognises: ({ outputs }) =>
    STRIDES.every((stride) =>
      PARTS.every((part) =>
        outputs.some((output) => output.name === `${part}_${stride}` && canBe(output.shape, [1, null, WIDTHS[part]])),
      ),
    ),
  decode(outputs, input, _, ctx) {
    const parts = partsOf(outputs, input);
    const candidates = parts.cls.length;
    const boxes = ctx.tensor('float32', [candidates, 4]).data;
    const scores = ctx.tensor('float32', [candidates]).data;
    forEachCell(input, STRIDES, (i, column, row, stride) => {
      scores[i] = Math.sqrt(clampToUnit(parts.cls[i]) * clampToUnit(parts.obj[i]));
      const [x, y, logWidth, logHeight] = parts.bbox.subarray(i * 4, i * 4 + 4);
      const width = Math.exp(logWidth) * stride;
      const height = Math.exp(logHeight) * stride;
      setCentred(boxes, i, (x + column) * stride, (y + row) * stride, width, height);
    });
    return { boxes, scores, classIds: ctx.tensor('int32', [candidates]).data.fill(0), classCount: 1 };
  },
};

/** x and y of the five points of each candidate, in pixels of the model's input. @throws E_VALUE for other models. */
export function yunetPoints(
  outputs: Outputs,
  input: Size,
): { readonly points: Float32Array; readonly perObject: number } {
  const { kps } = partsOf(outputs, input);
  const points = new Float32Array(kps.length);
  forEachCell(input, STRIDES, (i, column, row, stride) => {
    for (let at = i * POINTS * 2; at < (i + 1) * POINTS * 2; at += 2) {
      points[at] = (kps[at] + column) * stride;
      points[at + 1] = (kps[at + 1] + row) * stride;
    }
  });
  return { points, perObject: POINTS };
}

/** The elements of each kind of output, those of the strides one after the other. */
function partsOf(outputs: Outputs, input: Size): Record<Part, Float32Array> {
  const joined = (part: Part): Float32Array => {
    const whole = new Float32Array(cellCount(input, STRIDES) * WIDTHS[part]);
    let at = 0;
    for (const stride of STRIDES) {
      const values = floatsOf(outputAt(outputs, part, stride, cellCount(input, [stride])));
      whole.set(values, at);
      at += values.length;
    }
    return whole;
  };
  return { cls: joined('cls'), obj: joined('obj'), bbox: joined('bbox'), kps: joined('kps') };
}

function outputAt(outputs: Outputs, part: Part, stride: number, cells: number): Tensor {
  const output = outputs.get(`${part}_${stride}`);
  if (output && canBe(output.shape, [1, cells, WIDTHS[part]])) return output;
  return wrongForm(outputs, 'YuNet', `among them \`${part}_${stride}\` [1, ${cells}, ${WIDTHS[part]}]`);
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
