import { defineNode, type Image, type Mask, pin, WeftError } from 'weft';
import { type Colour, classColour } from './shared/class-colour.ts';
import { colourCopy } from './shared/colour-copy.ts';
import { refuseOtherSpace } from './shared/same-space.ts';
import { WHITE } from './shared/white.ts';

export default defineNode({
  type: 'image/draw-masks',
  version: 1,
  title: 'Draw masks',
  summary: 'Tints what masks cover in a picture, each class in its colour.',
  keywords: ['overlay', 'segmentation', 'visualize', 'annotate', 'colour', 'instance'],
  inputs: {
    image: pin.image({ width: 'w', height: 'h', channels: 'c', description: 'The picture that the masks belong to.' }),
    masks: pin.list(pin.mask(), { description: 'As large as the picture; later ones lie on top.' }),
    detections: pin.detections({
      optional: true,
      description:
        'What the masks show, in their order, for the colours of their classes; without, each mask has its own.',
    }),
    opacity: pin.number({ default: 0.5, min: 0, max: 1, step: 0.05, widget: 'slider' }),
  },
  outputs: {
    image: pin.image({
      width: 'w',
      height: 'h',
      channels: { op: 'max', args: ['c', 3] },
      description: 'A copy with the masks; a grey picture becomes a colour one.',
    }),
  },
  run({ image, masks, detections, opacity }, ctx) {
    if (detections !== undefined && detections.count !== masks.length) {
      throw new WeftError(
        'E_VALUE',
        `There are ${masks.length} masks of ${detections.count} detections: wire the detections that the masks were made from.`,
        { pin: 'detections' },
      );
    }
    const result = colourCopy(image, ctx);
    masks.forEach((mask, index) => {
      refuseOtherSpace(mask.space, image, 'masks', 'The masks', 'wire the picture that they were found in');
      tint(result, mask, classColour(detections?.classIds[index] ?? index), opacity);
    });
    return { image: result };
  },
});

function tint({ data, channels, depth }: Image, mask: Mask, colour: Colour, opacity: number): void {
  const samples = colour.map((part) => part * WHITE[depth]);
  const rounding = depth === 'f32' ? 0 : 0.5;
  const unit = mask.data instanceof Uint8Array ? opacity / 255 : opacity;
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    const share = mask.data[pixel] * unit;
    if (share === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * channels + channel;
      data[at] = data[at] + (samples[channel] - data[at]) * share + rounding;
    }
  }
}
