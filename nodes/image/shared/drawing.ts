import { Frame, type Image, type NodeContext } from 'weft';
import type { Canvas } from './canvas.ts';
import { colourCopy } from './colour-copy.ts';
import { FrameCanvas } from './frame-canvas.ts';
import { ImageCanvas } from './image-canvas.ts';

/** A copy of a picture, of the same kind, and what draws on it. */
export interface Drawing {
  readonly picture: Frame | Image;
  readonly canvas: Canvas;
}

export function drawingOn(picture: Frame | Image, ctx: NodeContext): Drawing {
  if (!(picture instanceof Frame)) {
    const copy = colourCopy(picture, ctx);
    return { picture: copy, canvas: new ImageCanvas(copy) };
  }
  const { data } = ctx.tensor('uint8', [picture.data.length]);
  data.set(picture.data);
  const copy = picture.withData(data);
  return { picture: copy, canvas: new FrameCanvas(copy) };
}
