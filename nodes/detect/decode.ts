import { Detections, defineNode, type Model, type NodeContext, pin, type Space } from 'weft';
import { parseClassNames } from './shared/class-names.ts';
import { COCO_LABELS } from './shared/coco-labels.ts';
import { decodeYolo } from './shared/yolo.ts';

/** Ultralytics tasks whose models give further numbers after the scores of each candidate: masks, keypoints. */
const TASKS_WITH_EXTRAS: ReadonlySet<string | undefined> = new Set(['segment', 'pose']);

export default defineNode({
  type: 'detect/decode',
  version: 1,
  title: 'Decode detections',
  summary: 'Turns the output of a YOLOv8 or YOLO11 model into boxes with scores and classes.',
  keywords: ['yolo', 'boxes', 'postprocess', 'objects'],
  inputs: {
    output: pin.tensor({
      description: "The model's output: [1, 4 + classes, candidates], or the last two the other way round.",
    }),
    space: pin.rule<Space>(
      { kind: 'custom', name: 'space' },
      { description: 'Whose pixels the boxes are in: the space that Letterbox gives.' },
    ),
    model: pin.model({ optional: true, description: 'The model, for the names of its classes.' }),
    labels: pin.list(pin.string(), {
      optional: true,
      description: "Names of the classes, by class id; the model's own, or COCO's for 80 classes, when not set.",
    }),
  },
  outputs: {
    detections: pin.detections({ description: 'Every candidate with its best class; filter them by score next.' }),
  },
  run({ output, space, model, labels }, ctx) {
    const names = labels ?? (model && namesOf(model, ctx));
    const hasExtras = TASKS_WITH_EXTRAS.has(model?.metadata.task);
    const { boxes, scores, classIds, classCount } = decodeYolo(output, names && { count: names.length, hasExtras });
    const known = names ?? (classCount === COCO_LABELS.length ? COCO_LABELS : []);
    return { detections: new Detections(boxes, scores, classIds, known, space) };
  },
});

function namesOf(model: Model, ctx: NodeContext): string[] | undefined {
  const text = model.metadata.names;
  if (text === undefined) return undefined;
  const names = parseClassNames(text);
  if (names === undefined) ctx.log('warning', 'The names of classes in the model file cannot be read: set `labels`.');
  return names;
}
