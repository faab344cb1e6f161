import { canBe, type Family, floatsOf, wrongForm } from '../family.ts';
import { cellCount } from '../grid.ts';
import { ULTRALYTICS_PREPARATION } from './yolov8.ts';

/** More rows than any export keeps: above, six numbers are those of a model with few classes. */
const MOST_DETECTIONS = 1000;

/**
 * YOLO that gives each object once (YOLOv10, YOLO26) or was exported with its own suppression: float [1, detections, 6],
 * as [1,300,6]: left, top, right and bottom in pixels of the model's input, score, class id. Rows that were not needed
 * have score 0.
 * Source: `v10Detect` and `Detect.postprocess` of ultralytics/nn/modules/head.py, and its export with `nms=True`.
 */
export const yoloEnd2end: Family = {
  title: 'YOLO with its own suppression',
  form: '[1, detections, 6], a box, a score and a class each',
  preparation: ULTRALYTICS_PREPARATION,
  oneEach: true,
  recognises(form) {
    const [, rows, features] = form.outputs[0]?.shape ?? [];
    if (features !== 6 || !canBe(form.outputs[0].shape, [1, null, 6])) return false;
    return typeof rows !== 'number' || (rows <= MOST_DETECTIONS && rows !== cellCount(form, [8, 16, 32]));
  },
  decode(outputs, _, { count }) {
    const [output] = outputs.values();
    if (!canBe(output.shape, [1, null, 6])) {
      wrongForm(outputs, 'end-to-end YOLO', '[1, detections, 6]');
    }
    const values = floatsOf(output);
    const candidates = output.shape[1];
    const boxes = new Float32Array(candidates * 4);
    const scores = new Float32Array(candidates);
    const classIds = new Int32Array(candidates);
    for (let i = 0; i < candidates; i++) {
      boxes.set(values.subarray(i * 6, i * 6 + 4), i * 4);
      scores[i] = values[i * 6 + 4];
      classIds[i] = values[i * 6 + 5];
    }
    return { boxes, scores, classIds, classCount: count ?? null };
  },
};
