import { type Model, WeftError } from 'weft';

/** A model's first input where it takes a picture. */
export interface PictureInput {
  /** `chw` for [1, channels, height, width], `hwc` for [1, height, width, channels]. */
  readonly layout: 'chw' | 'hwc';
  /** 1, 3 or 4. */
  readonly channels: number;
  /** Undefined where the model takes any. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

type Shape = Model['signature']['inputs'][number]['shape'];

/** How a tensor of this shape holds a picture; undefined when it holds none. */
export function pictureForm(shape: Shape): PictureInput | undefined {
  if (shape?.length !== 4) return undefined;
  const [, second, third, fourth] = shape;
  if (isChannels(second)) return { layout: 'chw', channels: second, height: known(third), width: known(fourth) };
  if (isChannels(fourth)) return { layout: 'hwc', channels: fourth, height: known(second), width: known(third) };
  return undefined;
}

/** @throws E_VALUE when the model's first input is no picture. */
export function pictureInput(model: Model): PictureInput {
  const shape = model.signature.inputs[0]?.shape ?? [];
  const picture = pictureForm(shape);
  if (picture !== undefined) return picture;
  throw new WeftError(
    'E_VALUE',
    `The model's first input has the shape [${shape.map((dim) => dim ?? '?').join(',')}], which is not a picture: wire a model that takes one.`,
    { pin: 'model' },
  );
}

const isChannels = (dim: number | string | null): dim is number => dim === 1 || dim === 3 || dim === 4;
const known = (dim: number | string | null): number | undefined => (typeof dim === 'number' ? dim : undefined);
