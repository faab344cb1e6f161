import { defineNode, type Frame, type Image, pin } from 'weft';
import { classColour } from './shared/class-colour.ts';
import { drawingOn } from './shared/drawing.ts';
import { refuseOtherSpace } from './shared/same-space.ts';

/** Grey pictures become colour ones. */
const DRAWN = {
  kind: 'image',
  width: 'w',
  height: 'h',
  channels: { op: 'max', args: ['c', 3] },
} as const;

export default defineNode({
  type: 'image/draw-keypoints',
  version: 1,
  title: 'Draw keypoints',
  summary: 'Marks keypoints in a picture, each of an object in its own colour.',
  keywords: ['landmarks', 'points', 'face', 'annotate', 'visualize', 'overlay'],
  inputs: {
    image: pin.image({
      width: 'w',
      height: 'h',
      channels: 'c',
      frames: true,
      description: 'The picture that the points belong to.',
    }),
    keypoints: pin.keypoints({ description: 'In pixels of the picture.' }),
  },
  outputs: {
    image: pin.rule<Frame | Image>(
      { kind: 'frame-or', pin: 'image', otherwise: DRAWN },
      { description: 'A copy with the points; a grey picture becomes a colour one, a frame stays a frame.' },
    ),
  },
  run({ image, keypoints }, ctx) {
    const { points, perObject, space } = keypoints;
    refuseOtherSpace(space, image, 'keypoints', 'The keypoints', 'wire the picture that they were found in');
    const { picture, canvas } = drawingOn(image, ctx);
    const radius = Math.max(1.5, ((image.width + image.height) / 2) * 0.005);
    for (let i = 0; i * 2 < points.length; i++) {
      canvas.disc(points[i * 2], points[i * 2 + 1], radius, classColour(i % perObject));
    }
    return { image: picture };
  },
});
