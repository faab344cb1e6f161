import { bestClassesOfObjects } from '../best-class.ts';
import { setCentred } from '../boxes.ts';
import { canBe, checkClassCount, type Family, floatsOf, wrongForm } from '../family.ts';
import { cellCount, forEachCell } from '../grid.ts';

const STRIDES = [8, 16, 32];
/** 4 + 80: candidates without objectness, so a transposed YOLOv8. */
const YOLOV8_COCO_FEATURES = 84;

/**
 * YOLOX: float [1, cells, 5 + classes], as [1,3549,85] at 416 × 416 and [1,8400,85] at 640 × 640, not decoded: centre x
 * and y from the corner of the cell in strides, logarithms of width and height in strides, objectness, and scores of the
 * classes, which it multiplies. Cells of strides 8, 16 and 32 follow each other. Pictures are BGR of 0–255.
 * Source: Ge et al., YOLOX: Exceeding YOLO Series in 2021 (arXiv:2107.08430); yolox/utils/demo_utils.py,
 * `demo_postprocess`, and yolox/data/data_augment.py, `preproc`, of Megvii-BaseDetection/YOLOX.
 */
export const yolox: Family = {
  title: 'YOLOX',
  form: '[1, cells, 5 + classes], not decoded',
  preparation: { fit: 'corner', padding: 114, channels: 'bgr', scale: 1, mean: [0], std: [1] },
  recognises(form) {
    const [, candidates, features] = form.outputs[0]?.shape ?? [];
    return (
      typeof candidates === 'number' &&
      candidates === cellCount(form, STRIDES) &&
      typeof features === 'number' &&
      canBe(form.outputs[0].shape, [1, candidates, features]) &&
      hasObjectness(features, form.classCount)
    );
  },
  decode(outputs, input, classes, ctx) {
    const [output] = outputs.values();
    const cells = cellCount(input, STRIDES);
    if (!canBe(output.shape, [1, cells, null]) || output.shape[2] < 6) {
      wrongForm(outputs, 'YOLOX', `[1, ${cells}, 5 + classes]`);
    }
    const [, candidates, features] = output.shape;
    const classCount = features - 5;
    checkClassCount(output, classCount, classes);

    const values = floatsOf(output);
    const boxes = ctx.tensor('float32', [candidates, 4]).data;
    forEachCell(input, STRIDES, (i, column, row, stride) => {
      const at = i * features;
      const x = (values[at] + column) * stride;
      const y = (values[at + 1] + row) * stride;
      setCentred(boxes, i, x, y, Math.exp(values[at + 2]) * stride, Math.exp(values[at + 3]) * stride);
    });
    return { boxes, ...bestClassesOfObjects(values, candidates, features, ctx), classCount };
  },
};

function hasObjectness(features: number, classCount: number | undefined): boolean {
  if (classCount !== undefined) return features === 5 + classCount;
  return features >= 6 && features !== YOLOV8_COCO_FEATURES;
}
