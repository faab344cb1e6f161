import type { JsonValue } from '../../../node-api/pins.ts';
import { becomes, becomesNode, from, nothingFor, to } from './define-function.ts';
import type { GivenParams, Target, Template, WorkflowFunction } from './template.ts';

const CHOSEN_DEVICE = 'Weft chooses the device of a backend itself';

const withoutExtension = (value: JsonValue) => (typeof value === 'string' ? value.replace(/\.onnx$/, '') : value);

/** A session is a loaded model. Who measures it takes the path and the backend, and loads by itself. */
function sessionOn(backend: string, results: Template['results']): Template {
  return {
    nodes: [{ name: '', type: 'model/load@1', params: { backend } }],
    params: { model_path: to('path'), device: [], device_id: CHOSEN_DEVICE, session_namespace: [] },
    results,
    kinds: { model: from('model'), path: { param: 'model_path' }, backend: { value: backend } },
    serves: true,
  };
}

const SESSION_RESULTS = {
  session: from('model'),
  model_path: { param: 'model_path' },
  ...nothingFor('provider', 'device_id', 'input_name', 'input_shape', 'output_names', 'actual_providers'),
};

/** Of the functions that load a model under a name, for others to find it by. */
const LOADED_RESULTS = {
  model_session: from('model'),
  model_info: from('model'),
  cache_key: from('model'),
  compiled_model: from('model'),
  ...nothingFor('provider_type'),
};

const createSession = (backend: string) => becomes(sessionOn(backend, SESSION_RESULTS));
const loadModel = (backend: string) => becomes(sessionOn(backend, LOADED_RESULTS));

const loadOpenvinoModel: WorkflowFunction = {
  ...loadModel('openvino'),
  into: (given) => sessionOn(openvinoBackend(given), LOADED_RESULTS),
};

function openvinoBackend(given: GivenParams): string {
  return (given.literal('device') ?? 'NPU') === 'NPU' ? 'npu' : 'openvino';
}

export const LOADED_MODEL: readonly Target[] = [{ pin: 'model', kind: 'model' }];

/** A backend that is not there is then told as skipped, and stops nobody. */
export const MEASURED_MODEL: readonly Target[] = [
  { pin: 'path', kind: 'path' },
  { pin: 'backend', kind: 'backend' },
];

/** @param figures results that are numbers of the measurement */
function benchmark(
  params: Template['params'],
  figures: readonly string[],
  defaults?: Readonly<Record<string, JsonValue>>,
): WorkflowFunction {
  return becomesNode(
    'model/benchmark@1',
    {
      params: { ...params, iterations: to('iterations'), warmup_iterations: to('warmUp') },
      results: { outputs: from('outputs'), ...Object.fromEntries(figures.map((figure) => [figure, from('result')])) },
      kinds: { benchmark: from('benchmark') },
      outputs: ['result'],
    },
    defaults,
  );
}

const FIGURES = ['iterations', 'inference_time_ms', 'min_time_ms', 'max_time_ms', 'fps'];

export const DOWNLOAD_MODEL: WorkflowFunction = becomesNode(
  'model/download@1',
  {
    params: {
      model_name: to('name', withoutExtension),
      models_dir: 'Weft keeps downloaded models in one folder of its own',
    },
    results: { model_path: from('path'), ...nothingFor('size_mb') },
    kinds: { path: from('path') },
  },
  { name: 'yolov8s' },
);

export const MODEL_FUNCTIONS: Readonly<Record<string, WorkflowFunction>> = {
  download_model: DOWNLOAD_MODEL,
  create_onnx_cpu_session: createSession('cpu'),
  create_onnx_directml_session: createSession('directml'),
  create_onnx_cuda_session: createSession('cuda'),
  load_cpu_model: loadModel('cpu'),
  load_directml_model: loadModel('directml'),
  load_cuda_model: loadModel('cuda'),
  load_openvino_model: loadOpenvinoModel,
  run_onnx_inference_single: becomesNode('model/infer@1', {
    params: { session: LOADED_MODEL, input_name: [], image: to('input') },
    results: { outputs: from('outputs'), ...nothingFor('num_outputs') },
    outputs: ['output'],
  }),
  run_onnx_inference_benchmark: benchmark({ session: MEASURED_MODEL, input_name: [], image: to('input') }, [
    ...FIGURES,
    'avg_time_ms',
    'all_times_ms',
  ]),
  run_openvino_inference: benchmark(
    { cache_key: MEASURED_MODEL, input_tensor: to('input') },
    [...FIGURES, 'total_time_ms', 'times_ms', 'detections'],
    { iterations: 5, warmUp: 1 },
  ),
  get_onnx_model_info: becomesNode('model/info@1', {
    params: { session: LOADED_MODEL },
    results: {
      inputs: from('signature'),
      outputs: from('signature'),
      ...nothingFor('providers', 'num_inputs', 'num_outputs'),
    },
    outputs: ['text'],
  }),
  detect_gpus: becomesNode('devices/list@1', {
    params: {},
    results: {
      all_gpus: from('devices'),
      discrete_gpus: from('devices'),
      ...nothingFor('gpu_count', 'directml_device_id', 'cuda_device_id', 'cuda_available', 'recommended_gpu'),
      ...nothingFor('has_openvino_npu', 'npu_devices', 'has_directml', 'has_cuda'),
    },
    outputs: ['text'],
  }),
  performance_stats: becomesNode('stats/compare-backends@1', {
    params: {
      cpu_result: [{ pin: 'cpu', kind: 'benchmark' }],
      directml_result: [{ pin: 'directml', kind: 'benchmark' }],
      gpu_result: [{ pin: 'cuda', kind: 'benchmark' }],
      npu_result: [{ pin: 'npu', kind: 'benchmark' }],
    },
    results: {
      fastest_backend: from('fastest'),
      backend_results: from('table'),
      comparison_summary: from('text'),
    },
    outputs: ['table', 'text'],
  }),
};
