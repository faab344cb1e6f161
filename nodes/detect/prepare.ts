import { defineNode, Frame, type Image, type Model, pin, type Space, type Tensor, WeftError } from 'weft';
import { fitInto } from '../image/shared/fit-into.ts';
import { type Fitting, samplesOf, writeFitted, writeFittedFrame } from '../image/shared/tensor-fit.ts';
import { type PictureInput, pictureInput } from '../model/shared/picture-input.ts';
import { channelSources, normalizations, sampleWriter } from '../tensor/shared/image-samples.ts';
import { parseClassNames } from './shared/class-names.ts';
import { FAMILIES, FAMILY_CHOICES, FAMILY_NAMES, recogniseFamily } from './shared/families.ts';
import type { Preparation } from './shared/family.ts';

/** Detection models shrink by 32 at most, so sides of an open input are multiples of it. */
const LARGEST_STRIDE = 32;

export default defineNode({
  type: 'detect/prepare',
  version: 1,
  title: 'Prepare for detection',
  summary: 'Turns a picture into the tensor that a detection model was trained on: size, padding, order and scale.',
  keywords: ['preprocess', 'letterbox', 'normalize', 'input', 'yolo', 'yolox', 'nanodet', 'detr', 'face'],
  inputs: {
    image: pin.image({ frames: true, description: 'The picture to search.' }),
    model: pin.model({ description: 'The model that will get the tensor.' }),
    family: pin.enum(FAMILY_CHOICES, {
      default: 'auto',
      description: "How the model's pictures are prepared; auto recognises it by the names and shapes of its outputs.",
    }),
    size: pin.integer({
      default: 640,
      min: 32,
      max: 16384,
      unit: 'px',
      description: 'For a model that takes any size: larger pictures are shrunk to it.',
    }),
  },
  outputs: {
    tensor: pin.rule<Tensor>({ kind: 'model-input', pin: 'model', index: 0 }, { description: "The model's input." }),
    space: pin.rule<Space>(
      { kind: 'custom', name: 'space' },
      { description: 'Leads from the tensor back to the picture; wire it to detect/decode.' },
    ),
    family: pin.enum(FAMILY_NAMES, { description: 'The family; wire it to detect/decode, so that both agree.' }),
  },
  run({ image, model, family: choice, size }, ctx) {
    const input = pictureInput(model);
    const family = choice === 'auto' ? familyOf(model, input) : choice;
    const { preparation } = FAMILIES[family];
    const fitting = fittingOf(image, input, preparation, size);

    const { width, height, region, scaling } = fitting;
    const shape = { chw: [1, 3, height, width], hwc: [1, height, width, 3] }[input.layout];
    const tensor = ctx.tensor(floatType(model, input), shape);
    const converts = normalizations(3, preparation.scale, preparation.mean, preparation.std);
    const samples = samplesOf(image);
    const sources = channelSources(samples, preparation.channels, converts);
    const planar = input.layout === 'chw';
    if (image instanceof Frame) writeFittedFrame(image, fitting, tensor, sources, planar);
    else writeFitted(image, fitting, sampleWriter(samples, tensor, sources, planar));

    const space: Space = {
      width,
      height,
      scale: scaling.scaleX,
      scaleY: scaling.scaleY,
      padX: region.left,
      padY: region.top,
      originalWidth: image.width,
      originalHeight: image.height,
    };
    return { tensor, space, family };
  },
});

function familyOf({ signature, metadata }: Model, { width, height }: PictureInput) {
  const classCount = metadata.names === undefined ? undefined : parseClassNames(metadata.names)?.length;
  return recogniseFamily({ outputs: signature.outputs, width, height, classCount });
}

function fittingOf(image: Frame | Image, input: PictureInput, { fit, padding }: Preparation, size: number): Fitting {
  const { width = size, height = size } = input;
  if (fit === 'stretch') {
    const scaling = { scaleX: width / image.width, scaleY: height / image.height };
    return { width, height, region: { left: 0, top: 0, width, height }, scaling, padding };
  }
  const isOpen = input.width === undefined && input.height === undefined;
  // A model of any size gets a smaller picture as it is.
  const box = isOpen
    ? { width: Math.min(width, image.width), height: Math.min(height, image.height) }
    : { width, height };
  const { scale, ...content } = fitInto(image.width, image.height, box.width, box.height);
  const target = isOpen ? { width: wholeStrides(content.width), height: wholeStrides(content.height) } : box;
  const before = (whole: number, part: number) => (fit === 'centre' ? Math.floor((whole - part) / 2) : 0);
  const left = before(target.width, content.width);
  const top = before(target.height, content.height);
  return { ...target, region: { left, top, ...content }, scaling: { scaleX: scale, scaleY: scale }, padding };
}

function wholeStrides(length: number): number {
  return Math.ceil(length / LARGEST_STRIDE) * LARGEST_STRIDE;
}

function floatType({ signature }: Model, { channels }: PictureInput): 'float32' | 'float16' {
  const { name, dtype } = signature.inputs[0];
  if (channels === 3 && (dtype === 'float32' || dtype === 'float16')) return dtype;
  throw new WeftError(
    'E_VALUE',
    `The model's input \`${name}\` takes ${channels} channels of ${dtype}, but detection models take 3 of float32 or float16: prepare the picture with Letterbox and Image to tensor.`,
    { pin: 'model' },
  );
}
