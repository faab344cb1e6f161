import { bestClassesOfObjects } from '../best-class.ts';
import { setCentred } from '../boxes.ts';
import { canBe, checkClassCount, type Family, floatsOf, type ModelForm, wrongForm } from '../family.ts';
import { cellCount } from '../grid.ts';
import { ULTRALYTICS_PREPARATION } from './yolov8.ts';

const ANCHORS_PER_CELL = 3;
/** Strides of the usual models, and of those for 1280 pixels. */
const STRIDES = [
  [8, 16, 32],
  [8, 16, 32, 64],
];

/**
 * YOLOv5 (and YOLOv7, exported alike): float [1, anchors, 5 + classes], as [1,25200,85] at 640 × 640: centre x, centre y,
 * width and height in pixels of the model's input, objectness, and scores of the classes, which it multiplies. Raw
 * feature maps may follow as further outputs.
 * Source: class `Detect` of models/yolo.py in ultralytics/yolov5, as it exports.
 */
export const yolov5: Family = {
  title: 'YOLOv5 or YOLOv7',
  form: '[1, anchors, 5 + classes]',
  preparation: ULTRALYTICS_PREPARATION,
  recognises(form) {
    const [output] = form.outputs;
    if (!canBe(output?.shape, [1, null, null])) return false;
    const [, candidates, features] = output?.shape ?? [];
    if (typeof features !== 'number' || features < 6) return false;
    if (typeof candidates === 'number') return anchorCounts(form).includes(candidates);
    return form.classCount !== undefined && features === 5 + form.classCount;
  },
  decode(outputs, _, classes, ctx) {
    const [output] = outputs.values();
    if (!canBe(output.shape, [1, null, null]) || output.shape[2] < 6) {
      wrongForm(outputs, 'YOLOv5', '[1, anchors, 5 + classes]');
    }
    const [, candidates, features] = output.shape;
    const classCount = features - 5;
    checkClassCount(output, classCount, classes);

    const values = floatsOf(output);
    const boxes = ctx.tensor('float32', [candidates, 4]).data;
    for (let i = 0; i < candidates; i++) {
      const at = i * features;
      setCentred(boxes, i, values[at], values[at + 1], values[at + 2], values[at + 3]);
    }
    return { boxes, ...bestClassesOfObjects(values, candidates, features, ctx), classCount };
  },
};

function anchorCounts(form: ModelForm): number[] {
  return STRIDES.map((strides) => ANCHORS_PER_CELL * (cellCount(form, strides) ?? Number.NaN));
}
