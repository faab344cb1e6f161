import { defineNode, pin, type Tensor } from 'weft';
import { channelSources, normalizations, sampleWriter } from './shared/image-samples.ts';

const LAYOUTS = ['nchw', 'nhwc', 'chw', 'hwc'] as const;
const CHANNELS = ['rgb', 'bgr', 'grey'] as const;
const DTYPES = ['float32', 'float16', 'uint8'] as const;
type Channels = (typeof CHANNELS)[number];

export default defineNode({
  type: 'tensor/from-image',
  version: 1,
  title: 'Image to tensor',
  summary: 'Turns a picture into the tensor that a model wants, in one pass: scale, mean, order and layout.',
  keywords: ['preprocess', 'normalize', 'nchw', 'blob', 'input', 'convert', 'rgb', 'bgr'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h' }),
    layout: pin.enum(LAYOUTS, {
      default: 'nchw',
      description: 'Order of the axes: n batch of 1, c channels, h rows, w columns.',
    }),
    channels: pin.enum(CHANNELS, {
      default: 'rgb',
      description: 'A grey picture gives three equal channels, colours give their luma; transparency is left out.',
    }),
    scale: pin.number({
      default: 255,
      description: 'Samples, 0–255 whatever the depth of the picture, are divided by it: 255 gives 0–1, 1 keeps them.',
    }),
    mean: pin.list(pin.number(), {
      default: [0],
      description: 'Taken off after scaling: one number, or one a channel in the order of the result.',
    }),
    std: pin.list(pin.number(), {
      default: [1],
      description: 'Divides after the mean was taken off: one number, or one a channel.',
    }),
    dtype: pin.enum(DTYPES, {
      default: 'float32',
      description: 'uint8 is for models that take pictures as they are: use it with scale 1.',
    }),
  },
  outputs: { tensor: pin.rule<Tensor>(tensorType()) },
  run({ image, layout, channels, scale, mean, std, dtype }, ctx) {
    const lengths = { n: 1, c: countOf(channels), h: image.height, w: image.width };
    const shape = [...layout].map((axis) => lengths[axis as keyof typeof lengths]);
    const tensor = ctx.tensor(dtype, shape);
    const wholeByte = (value: number) => Math.min(Math.max(Math.round(value), 0), 255);
    const converts = normalizations(lengths.c, scale, mean, std).map((normalize) =>
      dtype === 'uint8' ? (sample: number) => wholeByte(normalize(sample)) : normalize,
    );
    sampleWriter(image, tensor, channelSources(image, channels, converts), layout.endsWith('chw'))(image.data, 0);
    return { tensor };
  },
});

function countOf(channels: Channels): 1 | 3 {
  return channels === 'grey' ? 1 : 3;
}

/** Every choice of the three enums gives a type of its own, so that shapes are known before anything runs. */
function tensorType() {
  return chosenBy('dtype', DTYPES, (dtype) =>
    chosenBy('layout', LAYOUTS, (layout) =>
      chosenBy('channels', CHANNELS, (channels) => {
        const lengths = { n: 1, c: countOf(channels), h: 'h', w: 'w' };
        return {
          kind: 'tensor' as const,
          dtype,
          shape: [...layout].map((axis) => lengths[axis as keyof typeof lengths]),
        };
      }),
    ),
  );
}

function chosenBy<V extends string, T>(input: string, values: readonly V[], typeOf: (value: V) => T) {
  const types: Record<string, T> = Object.fromEntries(values.map((value) => [value, typeOf(value)]));
  return { kind: 'chosen-by' as const, pin: input, types };
}
