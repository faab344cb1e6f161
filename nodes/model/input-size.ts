import { defineNode, type Model, pin, WeftError } from 'weft';

export default defineNode({
  type: 'model/input-size',
  version: 1,
  title: 'Model input size',
  summary: 'Tells the size of picture that a model takes, for Letterbox or Resize.',
  keywords: ['width', 'height', 'resolution', 'shape', 'signature'],
  inputs: {
    model: pin.model({ description: 'A model whose first input is a picture.' }),
    fallback: pin.integer({
      default: 640,
      min: 1,
      unit: 'px',
      description: 'Width and height for a model that takes any size.',
    }),
  },
  outputs: {
    width: pin.integer({ description: 'Width, in pixels.' }),
    height: pin.integer({ description: 'Height, in pixels.' }),
  },
  run({ model, fallback }) {
    const { height, width } = pictureSize(model);
    return { height: height ?? fallback, width: width ?? fallback };
  },
});

/** Size of a first input [1, channels, height, width] or [1, height, width, channels]; undefined where it is open. */
function pictureSize(model: Model): { height: number | undefined; width: number | undefined } {
  const shape = model.signature.inputs[0]?.shape ?? [];
  if (shape.length === 4) {
    const [, second, third, fourth] = shape;
    if (isChannels(second)) return { height: known(third), width: known(fourth) };
    if (isChannels(fourth)) return { height: known(second), width: known(third) };
  }
  throw new WeftError(
    'E_VALUE',
    `The model's first input has the shape [${shape.map((dim) => dim ?? '?').join(',')}], which is not a picture: set width and height by hand.`,
    { pin: 'model' },
  );
}

const isChannels = (dim: number | string | null): boolean => dim === 1 || dim === 3 || dim === 4;
const known = (dim: number | string | null): number | undefined => (typeof dim === 'number' ? dim : undefined);
