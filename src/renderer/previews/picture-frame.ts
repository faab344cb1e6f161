import type { Picture } from '../../shared/protocol/preview.ts';

/** What of a picture is seen: the point of it in the middle of the view, and how large its pixels are drawn. */
export interface PictureFrame {
  /** In pixels of the whole picture. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the screen for one of the picture. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole picture in the view; never drawn larger than its pixels are, unless it is tiny. */
export function fitFrame(picture: Size, view: Size): PictureFrame {
  const scale = Math.min(view.width / picture.width, view.height / picture.height);
  return { x: picture.width / 2, y: picture.height / 2, scale: Math.max(scale, MIN_SCALE) };
}

/** Zoomed by `factor`, so that what lies at `at` (in pixels of the screen, from the view's corner) stays there. */
export function zoomFrame(
  frame: PictureFrame,
  factor: number,
  at: { readonly x: number; readonly y: number },
  picture: Size,
  view: Size,
): PictureFrame {
  const fit = fitFrame(picture, view);
  const scale = Math.min(MAX_SCALE, frame.scale * factor);
  if (scale <= fit.scale) return fit;
  const under = toPicture(frame, view, at);
  return clampFrame(
    { scale, x: under.x - (at.x - view.width / 2) / scale, y: under.y - (at.y - view.height / 2) / scale },
    picture,
  );
}

/** Moved by pixels of the screen; the middle stays on the picture. */
export function panFrame(frame: PictureFrame, dx: number, dy: number, picture: Size): PictureFrame {
  return clampFrame({ ...frame, x: frame.x - dx / frame.scale, y: frame.y - dy / frame.scale }, picture);
}

/** The point of the picture that is seen at a point of the view. */
export function toPicture(
  { x, y, scale }: PictureFrame,
  view: Size,
  at: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  return { x: x + (at.x - view.width / 2) / scale, y: y + (at.y - view.height / 2) / scale };
}

/** The part of the picture that is in view, in its own whole pixels. */
export function regionInView({ x, y, scale }: PictureFrame, picture: Size, view: Size): Picture['region'] {
  const left = Math.max(0, Math.floor(x - view.width / 2 / scale));
  const top = Math.max(0, Math.floor(y - view.height / 2 / scale));
  const right = Math.min(picture.width, Math.ceil(x + view.width / 2 / scale));
  const bottom = Math.min(picture.height, Math.ceil(y + view.height / 2 / scale));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

const MAX_SCALE = 64;
const MIN_SCALE = 1e-3;

function clampFrame({ x, y, scale }: PictureFrame, { width, height }: Size): PictureFrame {
  return { scale, x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}
