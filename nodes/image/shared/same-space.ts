import { type Frame, type Image, type Space, WeftError } from 'weft';

/**
 * What is drawn must be in the picture's own pixels.
 * @param what `The detections`, as a sentence begins.
 * @param bring how to bring them there.
 * @throws E_SPACE
 */
export function refuseOtherSpace(
  space: Space,
  { width, height }: Frame | Image,
  pin: string,
  what: string,
  bring: string,
): void {
  if (space.width === width && space.height === height) return;
  throw new WeftError(
    'E_SPACE',
    `${what} belong to a picture of ${space.width}×${space.height}, but this one has ${width}×${height}: ${bring}.`,
    { pin },
  );
}
