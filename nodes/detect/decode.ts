import { Detections, defineNode, type Model, type NodeContext, pin, type Space, type Tensor, WeftError } from 'weft';
import { TENSORS, type Tensors } from '../model/shared/tensors.ts';
import { parseClassNames } from './shared/class-names.ts';
import { COCO_LABELS } from './shared/coco-labels.ts';
import { FAMILIES, FAMILY_CHOICES, recogniseFamily } from './shared/families.ts';
import type { Family, OutputForm, Outputs } from './shared/family.ts';

export default defineNode({
  type: 'detect/decode',
  version: 1,
  title: 'Decode detections',
  summary: 'Turns the outputs of a detection model into boxes with scores and classes.',
  keywords: ['yolo', 'yolox', 'nanodet', 'detr', 'd-fine', 'face', 'boxes', 'postprocess', 'objects'],
  inputs: {
    outputs: pin.rule<Tensors | undefined>(TENSORS, {
      optional: true,
      description: 'All outputs of the model, as Infer bundles them; right for every family.',
    }),
    output: pin.tensor({
      optional: true,
      description: 'Instead of `outputs`, for a model whose first output has everything, as YOLO.',
    }),
    space: pin.rule<Space>(
      { kind: 'custom', name: 'space' },
      { description: 'Whose pixels the boxes are in: the space that Prepare or Letterbox gives.' },
    ),
    family: pin.enum(FAMILY_CHOICES, {
      default: 'auto',
      description: 'What the outputs mean; auto recognises it by their names and shapes.',
    }),
    model: pin.model({ optional: true, description: 'The model, for the names of its classes.' }),
    labels: pin.list(pin.string(), {
      optional: true,
      description: "Names of the classes, by class id; the model's own, or COCO's for 80 classes, when not set.",
    }),
  },
  outputs: {
    detections: pin.detections({ description: 'Every candidate with its best class; filter them by score next.' }),
  },
  run({ outputs, output, space, family: choice, model, labels }, ctx) {
    const given = outputsOf(outputs, output);
    const names = labels ?? (model && namesOf(model, ctx));
    const { width, height } = space;
    const forms = formsOf(given, outputs === undefined ? model : undefined);
    const recognised = () => recogniseFamily({ outputs: forms, width, height, classCount: names?.length });
    const family: Family = FAMILIES[choice === 'auto' ? recognised() : choice];

    const hints = { count: names?.length, task: model?.metadata.task };
    const { boxes, scores, classIds, classCount } = family.decode(given, space, hints, ctx);
    const candidates = ctx.tensor('int32', [scores.length]).data;
    for (let i = 0; i < candidates.length; i++) candidates[i] = i;
    const origin = { candidates, oneEach: family.oneEach === true };
    return {
      detections: new Detections(boxes, scores, classIds, names ?? labelsOf(family, classCount), space, origin),
    };
  },
});

function outputsOf(outputs: Tensors | undefined, output: Tensor | undefined): Outputs {
  if ((outputs === undefined) === (output === undefined)) {
    throw new WeftError(
      'E_VALUE',
      `The node gets ${output ? 'both `outputs` and `output`' : 'neither `outputs` nor `output`'}: wire one of the two.`,
      { pin: 'outputs' },
    );
  }
  const given: Outputs = outputs ?? new Map(output && [['output', output]]);
  if (given.size > 0) return given;
  throw new WeftError('E_VALUE', 'The bundle of outputs is empty: wire the outputs of a model.', { pin: 'outputs' });
}

/** What the family is recognised by: of a single tensor, the model that gave it tells more where it has others. */
function formsOf(given: Outputs, model: Model | undefined): readonly OutputForm[] {
  const inFile = model?.signature.outputs ?? [];
  return inFile.length > 1 ? inFile : [...given].map(([name, { shape }]) => ({ name, shape }));
}

function namesOf(model: Model, ctx: NodeContext): readonly string[] | undefined {
  const text = model.metadata.names;
  if (text === undefined) return undefined;
  const names = parseClassNames(text);
  if (names === undefined) ctx.log('warning', 'The names of classes in the model file cannot be read: set `labels`.');
  return names;
}

function labelsOf({ labels }: Family, classCount: number | null): readonly string[] {
  if (labels?.length === classCount) return labels;
  return classCount === COCO_LABELS.length ? COCO_LABELS : [];
}
