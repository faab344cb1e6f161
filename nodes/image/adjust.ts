import { defineNode, type Image, pin } from 'weft';
import { luma } from './shared/luma.ts';
import { WHITE } from './shared/white.ts';

export default defineNode({
  type: 'image/adjust',
  version: 1,
  title: 'Adjust',
  summary: 'Changes brightness, contrast, gamma and saturation of a picture, in this order.',
  keywords: ['brightness', 'contrast', 'saturation', 'gamma', 'exposure', 'tone', 'levels'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h', channels: 'c' }),
    brightness: pin.number({
      default: 0,
      min: -1,
      max: 1,
      step: 0.01,
      widget: 'slider',
      description: 'Added to every sample: 1 makes black white.',
    }),
    contrast: pin.number({
      default: 1,
      min: 0,
      max: 4,
      step: 0.01,
      widget: 'slider',
      description: 'Stretches samples away from middle grey; 0 leaves nothing but it.',
    }),
    gamma: pin.number({
      default: 1,
      min: 0.1,
      max: 10,
      step: 0.01,
      widget: 'slider',
      description: 'Above 1 dark parts become brighter: samples of 0–1 are raised to the power of 1 ÷ gamma.',
    }),
    saturation: pin.number({
      default: 1,
      min: 0,
      max: 4,
      step: 0.01,
      widget: 'slider',
      description: 'Stretches colours away from grey; 0 leaves a grey picture.',
    }),
  },
  outputs: { image: pin.image({ width: 'w', height: 'h', channels: 'c' }) },
  run({ image, brightness, contrast, gamma, saturation }, ctx) {
    const toned = (sample: number) => clampToUnit((sample + brightness - 0.5) * contrast + 0.5) ** (1 / gamma);
    const tone = toneOf(image, toned);
    const result = ctx.image(image.depth, image.width, image.height, image.channels);
    const { channels } = image;
    const colours = channels === 1 ? 1 : 3;
    const white = WHITE[image.depth];
    const rounding = image.depth === 'f32' ? 0 : 0.5;
    const from = image.data;
    const into = result.data;
    for (let at = 0; at < from.length; at += channels) {
      const grey = colours === 1 ? 0 : luma(tone(from[at]), tone(from[at + 1]), tone(from[at + 2]));
      for (let channel = at; channel < at + colours; channel++) {
        const sample = tone(from[channel]);
        const saturated = colours === 1 || saturation === 1 ? sample : clampToUnit(grey + (sample - grey) * saturation);
        into[channel] = saturated * white + rounding;
      }
      if (channels === 4) into[at + 3] = from[at + 3];
    }
    return { image: result };
  },
});

/** From a sample of the picture to 0–1: by a table where there are few different samples. */
function toneOf({ depth }: Image, toned: (sample: number) => number): (sample: number) => number {
  if (depth === 'f32') return toned;
  const table = Float32Array.from({ length: WHITE[depth] + 1 }, (_, sample) => toned(sample / WHITE[depth]));
  return (sample) => table[sample];
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
