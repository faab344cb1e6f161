import { type Detections, defineNode, type Frame, type Image, pin } from 'weft';
import type { Canvas } from './shared/canvas.ts';
import { type Colour, classColour } from './shared/class-colour.ts';
import { drawingOn } from './shared/drawing.ts';
import { luma } from './shared/luma.ts';
import { refuseOtherSpace } from './shared/same-space.ts';
import { CAPITAL, DESCENDER, StrokeFont } from './shared/stroke-font.ts';

const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [1, 1, 1];
/** Room around the capitals of a label, in units of the font; below, it takes the tails of letters. */
const PADDING = DESCENDER;

const BRING = 'bring them back with detect/to-original, or wire the picture that they were found in';

/** Grey pictures become colour ones. */
const DRAWN = {
  kind: 'image',
  width: 'w',
  height: 'h',
  channels: { op: 'max', args: ['c', 3] },
} as const;

export default defineNode({
  type: 'image/draw-detections',
  version: 1,
  title: 'Draw detections',
  summary:
    'Draws the boxes of detections onto a picture, each with its class, its number once it is tracked, and its score.',
  keywords: ['boxes', 'annotate', 'label', 'visualize', 'overlay', 'show', 'bounding box'],
  inputs: {
    image: pin.image({
      width: 'w',
      height: 'h',
      channels: 'c',
      frames: true,
      description: 'The picture that the boxes belong to.',
    }),
    detections: pin.detections({ description: 'In pixels of the picture; detect/to-original brings them there.' }),
    labels: pin.boolean({ default: true, description: 'Writes class, number and score above each box.' }),
  },
  outputs: {
    image: pin.rule<Frame | Image>(
      { kind: 'frame-or', pin: 'image', otherwise: DRAWN },
      { description: 'A copy with the boxes; a grey picture becomes a colour one, a frame stays a frame.' },
    ),
  },
  run({ image, detections, labels }, ctx) {
    refuseOtherSpace(detections.space, image, 'detections', 'The detections', BRING);
    const { picture, canvas } = drawingOn(image, ctx);
    // One measure for lines and letters, so that both stay legible when a large picture is shown small.
    const unit = Math.max(1, Math.round(((image.width + image.height) / 2) * 0.003));
    // The surest detection is drawn last, on top.
    const order = Array.from(detections.scores.keys()).sort((a, b) => detections.scores[a] - detections.scores[b]);
    for (const i of order) drawBox(canvas, detections, i, unit);
    if (labels) for (const i of order) drawLabel(canvas, image, detections, i, fontOf(unit));
    return { image: picture };
  },
});

function drawBox(canvas: Canvas, { boxes, classIds }: Detections, index: number, unit: number): void {
  const [left, top, right, bottom] = boxes.subarray(index * 4, index * 4 + 4).map(Math.round);
  canvas.strokeRectangle(left, top, right, bottom, unit, classColour(classIds[index]));
}

function drawLabel(
  canvas: Canvas,
  image: Frame | Image,
  detections: Detections,
  index: number,
  font: StrokeFont,
): void {
  const padding = PADDING * font.unit;
  const height = (CAPITAL + 2 * PADDING) * font.unit;
  const name = nameOf(detections, index);
  const withScore = `${name} ${detections.scores[index].toFixed(2)}`;
  // In a picture too narrow for both, the name alone says more than a cut score.
  const text = padding + widthOf(withScore, font) <= image.width ? withScore : name;
  const width = padding + widthOf(text, font);

  const [boxLeft, boxTop] = detections.boxes.subarray(index * 4, index * 4 + 2).map(Math.round);
  const left = Math.max(0, Math.min(boxLeft, image.width - width));
  // Above the box; where the picture leaves no room there, inside.
  const top = boxTop >= height ? boxTop - height : Math.max(0, boxTop);
  const colour = classColour(detections.classIds[index]);
  canvas.fillRectangle(left, top, left + width, top + height, colour);
  canvas.text(left + padding, top + padding, text, font, luma(...colour) > 0.5 ? BLACK : WHITE);
}

/** The class, and once objects are tracked the number of this one. */
function nameOf(detections: Detections, index: number): string {
  const label = detections.labelOf(index);
  return detections.tracks === null ? label : `${label} #${detections.tracks[index]}`;
}

/** With the gap after the last glyph, which pads the right of a label. */
function widthOf(text: string, font: StrokeFont): number {
  return font.glyphs(text).reduce((sum, { advance }) => sum + advance, 0);
}

let font = new StrokeFont(1);

/** Items of a stream mostly have one size, so the glyphs of the last size are kept. */
function fontOf(unit: number): StrokeFont {
  if (font.unit !== unit) font = new StrokeFont(unit);
  return font;
}
