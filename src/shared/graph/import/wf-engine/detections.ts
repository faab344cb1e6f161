import { becomesNode, from, leftOut, nothingFor, to } from './define-function.ts';
import type { Target, WorkflowFunction } from './template.ts';

// wf-engine passes detections as three lists, Weft as one value: the wire of the boxes brings the others along.

export const DETECTIONS: readonly Target[] = [{ pin: 'detections', kind: 'detections' }];

const PARTS = { boxes: DETECTIONS, scores: [], class_ids: [] };
const RESULTS = { boxes: from('detections'), scores: from('detections'), class_ids: from('detections') };
const KINDS = { detections: from('detections') };

const convertToCorners = leftOut('Decode gives boxes by their corners', {
  params: { boxes: [], scores: [], class_ids: [] },
  results: {
    boxes: { param: 'boxes' },
    scores: { param: 'scores' },
    class_ids: { param: 'class_ids' },
    ...nothingFor('format'),
  },
  kinds: { detections: { param: 'boxes' } },
});

export const DETECTION_FUNCTIONS: Readonly<Record<string, WorkflowFunction>> = {
  decode_yolo_v8_output: becomesNode('detect/decode@1', {
    params: { outputs: to('outputs'), num_classes: [] },
    results: { ...RESULTS, ...nothingFor('num_detections') },
    kinds: KINDS,
    fromBefore: ['space', 'model'],
    outputs: ['detections'],
  }),
  filter_by_confidence: becomesNode('detect/filter@1', {
    params: { ...PARTS, conf_threshold: to('confidence'), confidence_threshold: to('confidence') },
    results: { ...RESULTS, ...nothingFor('num_detections', 'num_filtered') },
    kinds: KINDS,
    outputs: ['detections'],
  }),
  convert_cxcywh_to_xyxy: convertToCorners,
  cxcywh_to_xyxy: convertToCorners,
  apply_nms: becomesNode(
    'detect/nms@1',
    {
      params: { ...PARTS, iou_threshold: to('iou') },
      results: { ...RESULTS, ...nothingFor('num_detections', 'num_suppressed') },
      kinds: KINDS,
      outputs: ['detections'],
    },
    { limit: 0 },
  ),
  scale_boxes_to_original: becomesNode('detect/to-original@1', {
    params: {
      ...PARTS,
      // Detections carry all of these with them.
      original_width: [],
      original_height: [],
      input_width: [],
      input_height: [],
      pad_x: [],
      pad_y: [],
      scale: [],
    },
    results: RESULTS,
    kinds: KINDS,
    outputs: ['detections'],
  }),
  format_detections_coco: becomesNode('detect/format@1', {
    params: PARTS,
    results: { detections: from('list'), ...nothingFor('num_detections', 'top_3') },
    kinds: { detections: { param: 'boxes' } },
    outputs: ['list'],
  }),
  create_detection_summary: becomesNode('detect/summary@1', {
    params: { detections: DETECTIONS, inference_time_ms: [], fps: [], provider: [] },
    results: { summary: from('text'), num_detections: from('total'), ...nothingFor('performance') },
    kinds: { detections: { param: 'detections' }, benchmark: { param: 'inference_time_ms' } },
    outputs: ['text'],
  }),
};
