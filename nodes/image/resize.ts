import { defineNode, type Image, pin, type Space } from 'weft';
import { resample } from './shared/resample.ts';

const FITS = ['stretch', 'contain', 'cover'] as const;
const wholeBox = { kind: 'image', width: 'width', height: 'height', channels: 'c' } as const;

export default defineNode({
  type: 'image/resize',
  version: 1,
  title: 'Resize',
  summary: 'Makes a picture larger or smaller.',
  keywords: ['scale', 'size', 'shrink', 'enlarge', 'thumbnail', 'zoom'],
  inputs: {
    image: pin.image({ channels: 'c' }),
    width: pin.integer({ default: 640, min: 1, max: 16384, unit: 'px' }),
    height: pin.integer({ default: 640, min: 1, max: 16384, unit: 'px' }),
    fit: pin.enum(FITS, {
      default: 'stretch',
      description:
        'stretch: exactly this size. contain: as large as fits inside. cover: fills it, the rest is cut off.',
    }),
    method: pin.enum(['nearest', 'bilinear', 'lanczos'], {
      default: 'lanczos',
      description: 'nearest: hard pixels, for masks. bilinear: fast, as models were trained. lanczos: looks best.',
    }),
  },
  outputs: {
    image: pin.rule<Image>({
      kind: 'chosen-by',
      pin: 'fit',
      types: { stretch: wholeBox, cover: wholeBox, contain: { ...wholeBox, width: null, height: null } },
    }),
    space: pin.rule<Space>(
      { kind: 'custom', name: 'space' },
      { description: 'Leads back to the picture that came in.' },
    ),
  },
  run({ image, width, height, fit, method }, ctx) {
    const scaling = scalingOf(fit, width / image.width, height / image.height);
    const shrunk = fit === 'contain';
    const size = {
      width: shrunk ? Math.min(width, Math.max(1, Math.round(image.width * scaling.scaleX))) : width,
      height: shrunk ? Math.min(height, Math.max(1, Math.round(image.height * scaling.scaleY))) : height,
    };
    // The middle of the picture stays in the middle of what `cover` leaves of it.
    const padX = fit === 'cover' ? (width - image.width * scaling.scaleX) / 2 : 0;
    const padY = fit === 'cover' ? (height - image.height * scaling.scaleY) / 2 : 0;

    const result = ctx.image(image.depth, size.width, size.height, image.channels);
    const origin = { originX: -padX / scaling.scaleX, originY: -padY / scaling.scaleY };
    resample(image, result, { left: 0, top: 0, ...size }, { ...scaling, ...origin }, method);

    const space: Space = {
      ...size,
      scale: scaling.scaleX,
      scaleY: scaling.scaleY,
      padX,
      padY,
      originalWidth: image.width,
      originalHeight: image.height,
    };
    return { image: result, space };
  },
});

function scalingOf(fit: (typeof FITS)[number], scaleX: number, scaleY: number) {
  switch (fit) {
    case 'stretch':
      return { scaleX, scaleY };
    case 'contain':
      return { scaleX: Math.min(scaleX, scaleY), scaleY: Math.min(scaleX, scaleY) };
    case 'cover':
      return { scaleX: Math.max(scaleX, scaleY), scaleY: Math.max(scaleX, scaleY) };
  }
}
