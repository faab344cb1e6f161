import type { JsonValue } from '../../../node-api/pins.ts';
import { becomesNode, from, leftOut, nothingFor } from './define-function.ts';
import { DETECTIONS } from './detections.ts';
import type { GivenParams, Target, TemplateNode, WorkflowFunction } from './template.ts';

/** OpenCV's name of the first camera. */
const FIRST_CAMERA = '0';

/** The source of frames: a camera for a number, as OpenCV has it, and a file for anything else. */
interface Source {
  readonly node: TemplateNode;
  readonly from: readonly Target[];
  /** Where the time goes after which it ends, in seconds. */
  readonly until: readonly Target[];
}

function sourceOf(given: GivenParams, name: string): Source {
  const source = given.has('source') ? given.literal('source') : FIRST_CAMERA;
  const isCamera = /^\d+$/.test(String(source));
  const inside = (pin: string) => (name === '' ? pin : `${name}.${pin}`);
  return {
    node: isCamera
      ? { name, type: 'video/camera@1', params: { device: FIRST_CAMERA } }
      : { name, type: 'video/read@1' },
    from: [{ pin: inside(isCamera ? 'device' : 'path'), as: String }],
    until: [{ pin: inside(isCamera ? 'duration' : 'end'), as: endlessIsNothing }],
  };
}

function endlessIsNothing(seconds: JsonValue): JsonValue | undefined {
  return seconds === 0 ? undefined : seconds;
}

const openVideoCapture: WorkflowFunction = {
  params: ['source'],
  results: ['source', 'width', 'height', 'fps', 'frame_count', 'is_webcam'],
  into(given) {
    const source = sourceOf(given, '');
    return {
      nodes: [source.node],
      params: { source: source.from },
      results: { source: { param: 'source' } },
      kinds: { frame: { pin: 'frame' } },
      // A loop over frames opens its source itself.
      serves: true,
    };
  },
};

const PICTURE: readonly Target[] = [{ pin: 'image', kind: 'frame' }];

/** A loop that detects in the frames of a video: the graph of granular nodes, with the same parameters. */
const videoLoop: WorkflowFunction = {
  params: [
    'source',
    'width',
    'height',
    'fps',
    'session',
    'input_name',
    'model_path',
    'conf_threshold',
    'iou_threshold',
    'display_fps',
    'save_video',
    'output_path',
    'max_duration',
  ],
  results: ['frames_processed', 'total_detections', 'elapsed_time', 'average_fps', 'output_path'],
  into(given) {
    const source = sourceOf(given, 'source');
    const hasSession = given.gets('session', 'model');
    return {
      nodes: [source.node, ...(hasSession ? [] : [LOAD]), ...DETECTION],
      wires: [...DETECTION_WIRES, ...(hasSession ? [] : USES_OF_MODEL.map((pin) => ['load.model', pin] as const))],
      params: {
        source: source.from,
        session: hasSession ? USES_OF_MODEL.map((pin) => ({ pin, kind: 'model' })) : [],
        model_path: hasSession ? [] : [{ pin: 'load.path', kind: 'path' }],
        conf_threshold: [{ pin: 'filter.confidence' }],
        iou_threshold: [{ pin: 'nms.iou' }],
        save_video: [{ pin: 'record.condition' }],
        output_path: [{ pin: 'write.path' }],
        max_duration: source.until,
        display_fps: 'Weft tells the rate of a run by itself',
      },
      results: {},
      kinds: { detections: { pin: 'original.detections' }, frame: { pin: 'draw.image' } },
      outputs: ['format.list'],
    };
  },
};

const LOAD: TemplateNode = { name: 'load', type: 'model/load@1', params: { path: 'models/yolov8s.onnx' } };
const USES_OF_MODEL = ['prepare.model', 'infer.model', 'decode.model'];

/** The parameters are what the loop does when it is not told otherwise. */
const DETECTION: readonly TemplateNode[] = [
  { name: 'prepare', type: 'detect/prepare@1' },
  { name: 'infer', type: 'model/infer@1' },
  { name: 'decode', type: 'detect/decode@1' },
  { name: 'filter', type: 'detect/filter@1', params: { confidence: 0.25 } },
  { name: 'nms', type: 'detect/nms@1', params: { iou: 0.45 } },
  { name: 'original', type: 'detect/to-original@1' },
  { name: 'format', type: 'detect/format@1' },
  { name: 'draw', type: 'image/draw-detections@1' },
  { name: 'record', type: 'flow/if@1', params: { condition: false } },
  { name: 'write', type: 'video/write@1', params: { path: 'output.mp4' } },
];

const DETECTION_WIRES: readonly (readonly [from: string, to: string])[] = [
  ['source.frame', 'prepare.image'],
  ['prepare.tensor', 'infer.input'],
  ['infer.outputs', 'decode.outputs'],
  ['prepare.space', 'decode.space'],
  ['prepare.family', 'decode.family'],
  ['decode.detections', 'filter.detections'],
  ['filter.detections', 'nms.detections'],
  ['nms.detections', 'original.detections'],
  ['original.detections', 'format.detections'],
  ['source.frame', 'draw.image'],
  ['original.detections', 'draw.detections'],
  ['draw.image', 'record.value'],
  ['record.true', 'write.image'],
];

export const VIDEO_FUNCTIONS: Readonly<Record<string, WorkflowFunction>> = {
  open_video_capture: openVideoCapture,
  read_video_frame: leftOut('a video gives its frames one after the other by itself', {
    params: { capture: [] },
    results: { frame: { param: 'capture' }, ...nothingFor('height', 'width', 'channels') },
    kinds: { frame: { param: 'capture' } },
  }),
  display_frame: leftOut('every pin can be looked at while it runs', {
    params: { frame: [], window_name: [], wait_key: [] },
    results: nothingFor('key_pressed', 'window_name', 'quit_requested'),
    kinds: { frame: { param: 'frame' } },
  }),
  visualize_detections: becomesNode('image/draw-detections@1', {
    params: {
      image: PICTURE,
      frame: PICTURE,
      frames: PICTURE,
      detections: DETECTIONS,
      output_path: 'drawing writes no file: wire the picture to a node that does',
      save_video: [],
      display: [],
      fps: [],
      codec: [],
      font_scale: [],
      thickness: [],
      skip_empty_frames: [],
    },
    results: { image: from('image'), ...nothingFor('total_detections', 'video_saved', 'output_path') },
    kinds: { frame: from('image') },
    outputs: ['image'],
  }),
  granular_video_loop: videoLoop,
  realtime_video_detection: videoLoop,
};
