import { defineNode, pin } from 'weft';
import { normalizations, sampleWriter } from './shared/image-samples.ts';

export default defineNode({
  type: 'tensor/normalize',
  version: 1,
  title: 'Normalize',
  summary: 'Turns the samples of a picture into numbers around zero or from 0 to 1, channels last as in the picture.',
  keywords: ['scale', 'mean', 'std', 'standardize', 'preprocess', 'float', 'divide'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h', channels: 'c' }),
    scale: pin.number({
      default: 255,
      description: 'Samples, 0–255 whatever the depth of the picture, are divided by it: 255 gives 0–1, 1 keeps them.',
    }),
    mean: pin.list(pin.number(), {
      default: [0],
      description: 'Taken off after scaling: one number, or one a channel.',
    }),
    std: pin.list(pin.number(), {
      default: [1],
      description: 'Divides after the mean was taken off: one number, or one a channel.',
    }),
  },
  outputs: { tensor: pin.tensor({ dtype: 'float32', shape: ['h', 'w', 'c'] }) },
  run({ image, scale, mean, std }, ctx) {
    const tensor = ctx.tensor('float32', [image.height, image.width, image.channels]);
    const sources = normalizations(image.channels, scale, mean, std).map((convert, channel) => ({ channel, convert }));
    sampleWriter(image, tensor, sources, false)(image.data, 0);
    return { tensor };
  },
});
