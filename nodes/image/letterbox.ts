import { defineNode, Frame, pin, type Space } from 'weft';
import { fitInto } from './shared/fit-into.ts';
import { resample } from './shared/resample.ts';
import { resampleFrame } from './shared/scaled-frame.ts';
import { samplesOf } from './shared/tensor-fit.ts';
import { WHITE } from './shared/white.ts';

export default defineNode({
  type: 'image/letterbox',
  version: 1,
  title: 'Letterbox',
  summary: 'Fits a picture into a size without distorting it and pads the rest evenly, as detection models expect.',
  keywords: ['resize', 'fit', 'pad', 'border', 'aspect ratio', 'preprocess', 'yolo'],
  inputs: {
    image: pin.image({ channels: 'c', frames: true }),
    width: pin.integer({ default: 640, min: 1, max: 16384, unit: 'px' }),
    height: pin.integer({ default: 640, min: 1, max: 16384, unit: 'px' }),
    padding: pin.integer({ default: 114, min: 0, max: 255, description: 'Grey of the padding: 0 black, 255 white.' }),
  },
  outputs: {
    image: pin.image({ width: 'width', height: 'height', channels: 'c' }),
    scale: pin.number({ description: 'Pixels of the result per pixel of the picture; above 1 it was enlarged.' }),
    padX: pin.integer({ unit: 'px', description: 'Padding on the left.' }),
    padY: pin.integer({ unit: 'px', description: 'Padding at the top.' }),
    space: pin.rule<Space>(
      { kind: 'custom', name: 'space' },
      { description: 'Leads from the result back to the picture; wire it to detect/decode.' },
    ),
  },
  run({ image, width, height, padding }, ctx) {
    const fitted = fitInto(image.width, image.height, width, height);
    const left = Math.floor((width - fitted.width) / 2);
    const top = Math.floor((height - fitted.height) / 2);

    const { depth, channels } = samplesOf(image);
    const result = ctx.image(depth, width, height, channels);
    const white = WHITE[depth];
    result.data.fill((padding / 255) * white);
    if (result.channels === 4) for (let i = 3; i < result.data.length; i += 4) result.data[i] = white;
    // Two by two pixels and no smoothing before shrinking, since that is how detection models were trained.
    const region = { ...fitted, left, top };
    const scaling = { scaleX: fitted.scale, scaleY: fitted.scale };
    if (image instanceof Frame) resampleFrame(image, result, region, scaling);
    else resample(image, result, region, scaling, 'bilinear');

    const space: Space = {
      width,
      height,
      scale: fitted.scale,
      scaleY: fitted.scale,
      padX: left,
      padY: top,
      originalWidth: image.width,
      originalHeight: image.height,
    };
    return { image: result, scale: fitted.scale, padX: left, padY: top, space };
  },
});
