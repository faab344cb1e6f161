import { defineNode, type Image, type ImageChannels, type Mask, pin, WeftError } from 'weft';
import { refuseOtherSpace } from './shared/same-space.ts';
import { WHITE } from './shared/white.ts';

/** From the samples of both pictures, 0–1, to the one that shows where the upper one is opaque. */
const MODES = {
  normal: (_: number, top: number) => top,
  multiply: (base: number, top: number) => base * top,
  screen: (base: number, top: number) => base + top - base * top,
  add: (base: number, top: number) => Math.min(base + top, 1),
  difference: (base: number, top: number) => Math.abs(base - top),
} as const;
type Mode = keyof typeof MODES;

export default defineNode({
  type: 'image/blend',
  version: 1,
  title: 'Blend',
  summary: 'Lays one picture over another.',
  keywords: ['overlay', 'composite', 'mix', 'merge', 'layer', 'opacity', 'multiply', 'screen', 'difference'],
  inputs: {
    base: pin.image({ width: 'w', height: 'h', channels: 'c', description: 'The picture below.' }),
    top: pin.image({ width: 'w', height: 'h', channels: 'd', description: 'The one above, of the same size.' }),
    mode: pin.enum(Object.keys(MODES) as [Mode, ...Mode[]], {
      default: 'normal',
      description:
        'normal: the upper one shows. multiply: darkens. screen: brightens. add: sums. difference: tells where they differ.',
    }),
    opacity: pin.number({ default: 1, min: 0, max: 1, step: 0.01, widget: 'slider' }),
    mask: pin.mask({ optional: true, description: 'Where the upper one shows; everywhere when not set.' }),
  },
  outputs: {
    image: pin.image({
      width: 'w',
      height: 'h',
      description: 'As deep as the picture below; colour where one of them is, transparent where that below is.',
    }),
  },
  run({ base, top, mode, opacity, mask }, ctx) {
    if (top.width !== base.width || top.height !== base.height) {
      throw new WeftError(
        'E_VALUE',
        `The upper picture has ${top.width}×${top.height} pixels and that below ${base.width}×${base.height}: resize one of them.`,
        { pin: 'top' },
      );
    }
    if (mask !== undefined) refuseOtherSpace(mask.space, base, 'mask', 'The mask', 'wire one of this size');
    const channels = base.channels === 1 && top.channels !== 1 ? 3 : base.channels;
    const result = ctx.image(base.depth, base.width, base.height, channels);
    blend(base, top, result, MODES[mode], coverageOf(top, opacity, mask));
    return { image: result };
  },
});

/** How much of each pixel of the upper picture shows, 0–1. */
function coverageOf(top: Image, opacity: number, mask: Mask | undefined): (pixel: number) => number {
  const maskUnit = mask?.data instanceof Uint8Array ? opacity / 255 : opacity;
  const alphaUnit = 1 / WHITE[top.depth];
  return (pixel) =>
    (mask === undefined ? opacity : mask.data[pixel] * maskUnit) *
    (top.channels === 4 ? top.data[pixel * 4 + 3] * alphaUnit : 1);
}

/** Source over, with straight alpha (https://www.w3.org/TR/compositing-1/#generalformula). */
function blend(
  base: Image,
  top: Image,
  result: Image,
  mix: (base: number, top: number) => number,
  coverage: (pixel: number) => number,
): void {
  const white = WHITE[result.depth];
  const topUnit = 1 / WHITE[top.depth];
  const rounding = result.depth === 'f32' ? 0 : 0.5;
  const colours = Math.min(result.channels, 3);
  const pixels = base.width * base.height;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const above = coverage(pixel);
    const below = base.channels === 4 ? base.data[pixel * 4 + 3] / white : 1;
    const alpha = above + below * (1 - above);
    for (let channel = 0; channel < colours; channel++) {
      const under = base.data[pixel * base.channels + channelOf(base.channels, channel)] / white;
      const over = top.data[pixel * top.channels + channelOf(top.channels, channel)] * topUnit;
      const mixed = (1 - below) * over + below * mix(under, over);
      const sample = alpha === 0 ? under : (above * mixed + below * under * (1 - above)) / alpha;
      result.data[pixel * result.channels + channel] = sample * white + rounding;
    }
    if (result.channels === 4) result.data[pixel * 4 + 3] = alpha * white + rounding;
  }
}

function channelOf(channels: ImageChannels, colour: number): number {
  return channels === 1 ? 0 : colour;
}
