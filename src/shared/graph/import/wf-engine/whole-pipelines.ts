import { becomes, becomesNode, from, nothingFor, to } from './define-function.ts';
import { MEASURED_MODEL } from './models.ts';
import type { WorkflowFunction } from './template.ts';

// wf-engine's older functions, which do all of a detection at once: each becomes the granular nodes for it.

const inference: WorkflowFunction = becomes({
  nodes: [
    // The size that these functions have built in.
    { name: 'fit', type: 'image/letterbox@1', params: { width: 640, height: 640 } },
    { name: 'tensor', type: 'tensor/from-image@1' },
    { name: '', type: 'model/benchmark@1', params: { iterations: 10 } },
    { name: 'decode', type: 'detect/decode@1' },
    { name: 'filter', type: 'detect/filter@1' },
    { name: 'nms', type: 'detect/nms@1' },
    { name: 'original', type: 'detect/to-original@1' },
    { name: 'format', type: 'detect/format@1' },
  ],
  wires: [
    ['fit.image', 'tensor.image'],
    ['tensor.tensor', 'input'],
    ['outputs', 'decode.outputs'],
    ['fit.space', 'decode.space'],
    ['decode.detections', 'filter.detections'],
    ['filter.detections', 'nms.detections'],
    ['nms.detections', 'original.detections'],
    ['original.detections', 'format.detections'],
  ],
  params: {
    image_data: to('fit.image'),
    model_info: MEASURED_MODEL,
    model_session: [],
    confidence_threshold: to('filter.confidence'),
    iterations: to('iterations'),
    device: [],
    gpu_info: 'Weft chooses the device of a backend itself',
  },
  results: {
    detections: from('format.list'),
    inference_time_ms: from('result'),
    fps: from('result'),
    total_time_ms: from('result'),
    ...nothingFor('iterations', 'provider', 'confidence_threshold', 'image_size', 'test_image', 'top_detections'),
  },
  kinds: { benchmark: from('benchmark'), detections: from('original.detections') },
  outputs: ['format.list'],
});

export const PIPELINE_FUNCTIONS: Readonly<Record<string, WorkflowFunction>> = {
  load_image: becomesNode('image/read@1', {
    params: { image_path: to('path'), session_namespace: [] },
    results: {
      image_data: from('image'),
      image_path: { param: 'image_path' },
      ...nothingFor('original_shape', 'processed_shape', 'session_namespace'),
    },
    outputs: ['image'],
  }),
  cpu_inference: inference,
  cuda_inference: inference,
  directml_inference: inference,
  npu_inference: inference,
};
