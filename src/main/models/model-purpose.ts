import { parseClassNames } from '../../../nodes/detect/shared/class-names.ts';
import { FAMILIES, findFamily } from '../../../nodes/detect/shared/families.ts';
import { type PictureInput, pictureForm } from '../../../nodes/model/shared/picture-input.ts';
import type { ModelContents, ModelPurpose } from '../../shared/protocol/model-inspection.ts';
import type { TensorPort } from '../../shared/types/pin-type.ts';

/** What a model is for, by the same signs by which the nodes for detection recognise it. */
export function purposeOf(contents: ModelContents): ModelPurpose {
  const { inputs } = contents.signature;
  const [input] = inputs;
  if (input === undefined) return unknown('It takes no tensor');
  const picture = pictureForm(input.shape);
  if (picture === undefined) return unknown(`Its first input ${portText(input)} is no picture`);
  if (inputs.length > 1) return unknown(`It takes ${inputs.length} inputs, not one picture`);
  return (
    detectorOf(contents, picture) ??
    classifierOf(contents) ??
    enlargerOf(contents, picture) ??
    unknown(`Its outputs ${contents.signature.outputs.map(portText).join(', ')} are of no kind that Weft knows`)
  );
}

function detectorOf({ signature, metadata }: ModelContents, picture: PictureInput): ModelPurpose | undefined {
  const [{ dtype }] = signature.inputs;
  if (picture.channels !== 3 || (dtype !== 'float32' && dtype !== 'float16')) return undefined;
  const { outputs } = signature;
  const classCount = metadata.names === undefined ? undefined : parseClassNames(metadata.names)?.length;
  const family = findFamily({ outputs, width: picture.width, height: picture.height, classCount });
  if (family === undefined) return undefined;
  const { title, form } = FAMILIES[family];
  const reason = `Its outputs are those of ${title}: ${form}`;
  if (family === 'yunet')
    return { task: 'keypoints', family, reason: `${reason}; \`kps\` are five points of each face.` };
  const prototypes = outputs.find(({ shape }) => shape?.length === 4);
  if (family === 'yolov8' && prototypes !== undefined) {
    return { task: 'segment', family, reason: `${reason}, and masks are made of ${portText(prototypes)}.` };
  }
  return { task: 'detect', family, reason: `${reason}.` };
}

function classifierOf({ signature: { outputs } }: ModelContents): ModelPurpose | undefined {
  const [output] = outputs;
  const [, classes, ...rest] = output?.shape ?? [];
  if (outputs.length !== 1 || typeof classes !== 'number' || classes < 2 || rest.some((dim) => dim !== 1)) {
    return undefined;
  }
  return { task: 'classify', family: null, reason: `Its one output ${portText(output)} is a number for each class.` };
}

/** Of one channel, for any number of pictures at once: the colours of a picture are a batch of three. */
function enlargerOf({ signature }: ModelContents, picture: PictureInput): ModelPurpose | undefined {
  const [input] = signature.inputs;
  const [output] = signature.outputs;
  const enlarged = pictureForm(output?.shape ?? null);
  const factor = (enlarged?.width ?? 0) / (picture.width ?? 0);
  const isBatch = typeof input.shape?.[0] !== 'number' || input.shape[0] === 3;
  const isOneChannel = picture.layout === 'chw' && picture.channels === 1 && enlarged?.channels === 1;
  if (!isBatch || !isOneChannel || !(factor > 1) || factor !== (enlarged?.height ?? 0) / (picture.height ?? 0)) {
    return undefined;
  }
  return {
    task: 'upscale',
    family: null,
    reason: `Its output ${portText(output)} is its input, ${factor} times as large.`,
  };
}

function unknown(lack: string): ModelPurpose {
  return { task: null, family: null, reason: `${lack}: what it gives is shown as it is, for nodes of your choice.` };
}

function portText({ name, shape }: TensorPort): string {
  return `\`${name}\` [${shape === null ? '…' : shape.map((dim) => dim ?? '?').join(', ')}]`;
}
