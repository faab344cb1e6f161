import { describe, expect, test } from 'vitest';
import { type FamilyName, recogniseFamily } from '../../../nodes/detect/shared/families.ts';
import type { ModelForm, OutputForm } from '../../../nodes/detect/shared/family.ts';

type Outputs = Record<string, OutputForm['shape']>;

function form(outputs: Outputs, size: number | undefined = 640, classCount?: number): ModelForm {
  const list = Object.entries(outputs).map(([name, shape]) => ({ name, shape }));
  return { outputs: list, width: size, height: size, classCount };
}

const NANODET = {
  '792': [1, 2704, 80],
  '814': [1, 676, 80],
  '836': [1, 169, 80],
  '795': [1, 2704, 32],
  '817': [1, 676, 32],
  '839': [1, 169, 32],
};

const YUNET = Object.fromEntries(
  [8, 16, 32].flatMap((stride) =>
    Object.entries({ cls: 1, obj: 1, bbox: 4, kps: 10 }).map(([part, width]) => [
      `${part}_${stride}`,
      [1, 'anchors', width],
    ]),
  ),
) as Outputs;

describe('a family is recognised by the form of a model', () => {
  test.each<[FamilyName, string, Outputs, number | undefined, number | undefined]>([
    ['yolov8', 'the usual export', { output0: [1, 84, 8400] }, 640, undefined],
    ['yolov8', 'a segmentation model', { output0: [1, 116, 2100], output1: [1, 32, 80, 80] }, 320, 80],
    ['yolov8', 'transposed, of COCO', { output0: [1, 8400, 84] }, 640, undefined],
    ['yolov8', 'transposed, with two classes', { output0: [1, 8400, 6] }, 640, 2],
    ['yolov8', 'of any size', { output0: ['batch', 84, 'anchors'] }, undefined, 80],
    ['yolov5', 'at 640 pixels', { output: [1, 25200, 85] }, 640, undefined],
    ['yolov5', 'at 320 pixels, one class', { output: [1, 6300, 6] }, 320, undefined],
    [
      'yolov5',
      'for 1280 pixels, with raw feature maps',
      { o: [1, 102000, 85], p: [1, 3, 160, 160, 85] },
      1280,
      undefined,
    ],
    ['yolov5', 'of any size, by the names of its classes', { output: [1, 'anchors', 85] }, undefined, 80],
    ['yolo-end2end', 'YOLOv10', { output0: [1, 300, 6] }, 640, 80],
    ['yolo-end2end', 'any number of detections', { output0: [1, 'detections', 6] }, 640, undefined],
    ['yolox', 'nano', { output: [1, 3549, 85] }, 416, undefined],
    ['yolox', 's', { output: [1, 8400, 85] }, 640, undefined],
    ['yolox', 'one class', { output: [1, 3549, 6] }, 416, undefined],
    ['nanodet', 'm', NANODET, 416, undefined],
    ['detr', 'D-FINE', { logits: [1, 300, 80], pred_boxes: [1, 300, 4] }, 640, undefined],
    ['detr', 'any batch', { logits: ['b', 'q', 80], pred_boxes: ['b', 'q', 4] }, undefined, undefined],
    [
      'detr',
      'with further outputs',
      { logits: [1, 300, 80], pred_boxes: [1, 300, 4], last: [1, 300, 256] },
      640,
      undefined,
    ],
    ['detr', 'nameless', { a: [1, 300, 4], b: [1, 300, 80] }, 640, undefined],
    ['rf-detr', 'of transformers', { logits: [1, 300, 91], pred_boxes: [1, 300, 4] }, 560, undefined],
    ['rf-detr', 'its own export, other classes', { dets: [1, 300, 4], labels: [1, 300, 5] }, 560, undefined],
    ['yunet', 'any size', YUNET, undefined, undefined],
    ['ultraface', 'RFB-320', { scores: [1, 4420, 2], boxes: [1, 4420, 4] }, 320, undefined],
  ])('%s: %s', (family, _, outputs, size, classCount) => {
    expect(recogniseFamily(form(outputs, size, classCount))).toBe(family);
  });

  test.each<[string, Outputs]>([
    ['a classification', { output: [1, 1000] }],
    ['a picture', { output: [1, 1, 672, 672] }],
    ['any rank', { output: null }],
    ['boxes and scores of anchors', { boxes: [1, 3000, 4], scores: [1, 3000, 81] }],
    ['two lists that do not belong together', { a: [1, 3000, 80], b: [1, 300, 80] }],
    ['nothing', {}],
  ])('%s is none', (_, outputs) => {
    expect(() => recogniseFamily(form(outputs))).toThrow(/no family of detection models/);
  });
});
