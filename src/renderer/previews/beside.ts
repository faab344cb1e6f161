import type { PictureSize, PinRef } from '../../shared/protocol/preview.ts';
import type { PictureFrame } from './picture-frame.ts';
import type { ShownPicture } from './viewer-content.ts';

/** A picture that is laid over the left part of another, to compare the two. */
export interface Beside {
  readonly picture: ShownPicture;
  readonly source: PinRef;
  /** Changes when the pin has another value. */
  readonly version: string;
  /** Where it ends, as a share of the view from the left, 0–1. */
  readonly split: number;
}

/** Why two pictures cannot be laid over each other; null where they can. Of other sizes, they must have the same form. */
export function refusedBeside(own: PictureSize, other: PictureSize): string | null {
  const difference = (own.sourceWidth * other.sourceHeight) / (own.sourceHeight * other.sourceWidth) - 1;
  if (Math.abs(difference) <= MOST_DIFFERENT) return null;
  return (
    `${other.sourceWidth}×${other.sourceHeight} cannot be compared with ${own.sourceWidth}×${own.sourceHeight}: ` +
    'choose a picture of the same proportions.'
  );
}

/** A pixel more or less, as scaling rounds. */
const MOST_DIFFERENT = 0.01;

/** The same part of the other picture in the same place of the view. */
export function besideFrame({ x, y, scale }: PictureFrame, own: PictureSize, other: PictureSize): PictureFrame {
  const factor = other.sourceWidth / own.sourceWidth;
  return { x: x * factor, y: y * factor, scale: scale / factor };
}
