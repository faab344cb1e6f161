import { defineNode, pin } from 'weft';
import { blurredRows } from './shared/resample.ts';

export default defineNode({
  type: 'image/blur',
  version: 1,
  title: 'Blur',
  summary: 'Softens a picture with a Gaussian blur.',
  keywords: ['gaussian', 'smooth', 'soften', 'denoise', 'defocus', 'filter'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h', channels: 'c' }),
    sigma: pin.number({
      default: 2,
      min: 0.1,
      max: 200,
      step: 0.1,
      unit: 'px',
      description: 'Standard deviation; details smaller than about twice it go.',
    }),
  },
  outputs: { image: pin.image({ width: 'w', height: 'h', channels: 'c' }) },
  run({ image, sigma }, ctx) {
    const result = ctx.image(image.depth, image.width, image.height, image.channels);
    const writeRow = blurredRows(image, sigma);
    for (let y = 0; y < image.height; y++) writeRow(y, result.data, y * image.width * image.channels);
    return { image: result };
  },
});
