import { defineNode, type Image, type ImageChannels, pin } from 'weft';
import { luma } from './shared/luma.ts';
import { WHITE } from './shared/white.ts';

const FORMS = ['grey', 'rgb', 'rgba', 'bgr', 'alpha'] as const;
type Form = (typeof FORMS)[number];

const CHANNELS: Readonly<Record<Form, ImageChannels>> = { grey: 1, rgb: 3, rgba: 4, bgr: 3, alpha: 1 };

export default defineNode({
  type: 'image/colour',
  version: 1,
  title: 'Colour channels',
  summary: 'Turns a picture into a grey, colour or transparent one, or takes its transparency out.',
  keywords: ['grey', 'gray', 'grayscale', 'rgb', 'bgr', 'alpha', 'channels', 'luma', 'color', 'convert'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h' }),
    to: pin.enum(FORMS, {
      default: 'grey',
      description:
        'grey: luma. rgb: without transparency. rgba: opaque where there was none. bgr: red and blue change places. alpha: the transparency as a grey picture, white where opaque.',
    }),
  },
  outputs: {
    image: pin.rule<Image>({
      kind: 'chosen-by',
      pin: 'to',
      types: Object.fromEntries(
        FORMS.map((form) => [form, { kind: 'image', width: 'w', height: 'h', channels: CHANNELS[form] }] as const),
      ),
    }),
  },
  run({ image, to }, ctx) {
    if (image.channels === CHANNELS[to] && to !== 'bgr' && to !== 'alpha') return { image };
    const result = ctx.image(image.depth, image.width, image.height, CHANNELS[to]);
    WRITERS[to](image, result);
    return { image: result };
  },
});

/** Each fills a picture of its own number of channels from one of any. */
const WRITERS: Readonly<Record<Form, (from: Image, into: Image) => void>> = {
  grey(from, into) {
    const rounding = from.depth === 'f32' ? 0 : 0.5;
    for (let at = 0, to = 0; at < from.data.length; at += from.channels, to++) {
      into.data[to] = luma(from.data[at], from.data[at + 1], from.data[at + 2]) + rounding;
    }
  },
  rgb: (from, into) => copyChannels(from, into, [0, 1, 2]),
  rgba: (from, into) => copyChannels(from, into, [0, 1, 2, 3]),
  bgr: (from, into) => copyChannels(from, into, [2, 1, 0]),
  alpha: (from, into) => copyChannels(from, into, [3]),
};

/** A grey picture has its one channel for each colour; one without transparency is opaque. */
function copyChannels(from: Image, into: Image, sources: readonly number[]): void {
  sources.forEach((source, channel) => {
    if (source === 3 && from.channels !== 4) {
      for (let to = channel; to < into.data.length; to += into.channels) into.data[to] = WHITE[into.depth];
      return;
    }
    let at = from.channels === 1 ? 0 : source;
    for (let to = channel; to < into.data.length; to += into.channels, at += from.channels)
      into.data[to] = from.data[at];
  });
}
