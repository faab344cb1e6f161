import type {
  DetectionsPreview,
  KeypointsPreview,
  MapGrid,
  MaskPreview,
  Picture,
} from '../../shared/protocol/preview.ts';
import { formatSample } from './format-value.ts';
import { labelColour } from './label-colour.ts';
import type { PictureFrame, Size } from './picture-frame.ts';
import { putPixels } from './put-pixels.ts';
import type { Overlay, ShownPicture } from './viewer-content.ts';

/** A picture ready to be drawn: pixels wait for no decoder. */
export interface DrawablePicture {
  readonly picture: ShownPicture;
  readonly image: OffscreenCanvas;
}

/** @param before what was drawn before: its memory is used again where it is as large */
export function drawable(picture: ShownPicture, before: DrawablePicture | null = null): DrawablePicture {
  const { width, height } = picture;
  const isAsLarge = before?.image.width === width && before.image.height === height;
  const canvas = isAsLarge ? before.image : new OffscreenCanvas(width, height);
  putPixels(contextOf(canvas), picture);
  return { picture, image: canvas };
}

interface Scene {
  /** The whole picture first, then parts of it that are known more closely. */
  readonly pictures: readonly DrawablePicture[];
  readonly overlays: readonly Overlay[];
  readonly frame: PictureFrame;
  /** Of the canvas, in CSS pixels. */
  readonly view: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Size of lines and letters: 1 in a large view. Below it, labels are cut to the class. */
  readonly ink: number;
  /** The part of the view that is drawn, from the left, 0–1; all of it when left out. */
  readonly part?: readonly [from: number, to: number];
}

/** Draws a picture and what was found in it. Lines and letters keep their size on the screen whatever the zoom. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { part = [0, 1], view, ratio } = scene;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.beginPath();
  context.rect(part[0] * view.width, 0, (part[1] - part[0]) * view.width, view.height);
  context.clip();
  context.clearRect(0, 0, view.width, view.height);
  drawPart(context, scene);
  context.restore();
}

function drawPart(context: CanvasRenderingContext2D, { pictures, overlays, frame, view, ratio, ink }: Scene): void {
  const place = placing(frame, view);
  for (const { picture, image } of pictures) drawPicture(context, picture, image, place, frame.scale * ratio);
  for (const overlay of overlays) {
    if (overlay.kind === 'mask') drawMask(context, overlay, place);
    if (overlay.kind === 'detections') drawDetections(context, overlay, place, ink);
    if (overlay.kind === 'keypoints') drawKeypoints(context, overlay, place, ink);
  }
  const whole = pictures.at(0)?.picture;
  if (whole !== undefined && 'grid' in whole && whole.grid !== null) drawGrid(context, whole, whole.grid, place);
  const closest = pictures.at(-1);
  if (closest !== undefined && frame.scale >= VALUES_FROM_SCALE) drawValues(context, closest.picture, place, view);
}

/** From a point of the picture to one of the view, in CSS pixels. */
type Place = (x: number, y: number) => readonly [x: number, y: number];

/** CSS pixels that a pixel of the picture must have for its values to be legible in it. */
const VALUES_FROM_SCALE = 30;
const FONT_FAMILY = '"Inter Variable", sans-serif';
const VALUE_FONT = '9px "JetBrains Mono Variable", monospace';

function placing({ x, y, scale }: PictureFrame, view: Size): Place {
  return (px, py) => [(px - x) * scale + view.width / 2, (py - y) * scale + view.height / 2];
}

function drawPicture(
  context: CanvasRenderingContext2D,
  { region }: ShownPicture,
  image: CanvasImageSource,
  place: Place,
  devicePixels: number,
): void {
  const [left, top] = place(region.x, region.y);
  const [right, bottom] = place(region.x + region.width, region.y + region.height);
  // Enlarged pixels are squares with sharp edges, as they are what one zooms in for.
  context.imageSmoothingEnabled = devicePixels < 1.5;
  // What is not made smaller gains nothing by more than that, and a live picture is drawn again and again.
  context.imageSmoothingQuality = devicePixels < 1 ? 'high' : 'low';
  context.drawImage(image, left, top, right - left, bottom - top);
}

/** Lines between feature maps, and their numbers where they are large enough. */
function drawGrid(
  context: CanvasRenderingContext2D,
  { sourceWidth, sourceHeight }: Picture,
  { columns, rows, first, shown }: MapGrid,
  place: Place,
): void {
  if (shown === 1) return;
  const [mapWidth, mapHeight] = [sourceWidth / columns, sourceHeight / rows];
  context.strokeStyle = 'rgb(128 128 128 / 0.6)';
  context.lineWidth = 1;
  context.font = VALUE_FONT;
  context.textBaseline = 'top';
  for (let index = 0; index < shown; index++) {
    const corner = [(index % columns) * mapWidth, Math.floor(index / columns) * mapHeight] as const;
    const [left, top] = place(...corner);
    const [right, bottom] = place(corner[0] + mapWidth, corner[1] + mapHeight);
    context.strokeRect(left, top, right - left, bottom - top);
    if (right - left < NUMBERED_FROM) continue;
    const text = String(first + index);
    context.fillStyle = 'rgb(0 0 0 / 0.6)';
    context.fillRect(left + 1, top + 1, context.measureText(text).width + 4, 11);
    context.fillStyle = 'white';
    context.fillText(text, left + 3, top + 2);
  }
}

/** Width of a map that has room for its number, in CSS pixels. */
const NUMBERED_FROM = 36;

function drawDetections(
  context: CanvasRenderingContext2D,
  { detections }: DetectionsPreview,
  place: Place,
  ink: number,
): void {
  // The surest is drawn last, on top.
  const ordered = detections.toSorted((a, b) => a.score - b.score);
  context.lineJoin = 'round';
  for (const { box, label } of ordered) {
    const [left, top] = place(box[0], box[1]);
    const [right, bottom] = place(box[2], box[3]);
    // A dark line under the bright one keeps it visible on any picture.
    for (const [colour, width] of [['rgb(0 0 0 / 0.55)', 4] as const, [labelColour(label), 2] as const]) {
      context.strokeStyle = colour;
      context.lineWidth = width * ink;
      context.strokeRect(left, top, right - left, bottom - top);
    }
  }
  context.font = `500 ${11 * ink}px ${FONT_FAMILY}`;
  context.textBaseline = 'middle';
  for (const { box, label, score } of ordered) {
    const [left, top] = place(box[0], box[1]);
    const text = ink < 1 ? label : `${label} ${score.toFixed(2)}`;
    const height = 15 * ink;
    const y = top >= height ? top - height : Math.max(0, top);
    context.fillStyle = labelColour(label);
    context.fillRect(left - ink, y, context.measureText(text).width + 8 * ink, height);
    context.fillStyle = 'black';
    context.fillText(text, left + 3 * ink, y + height / 2 + 0.5);
  }
}

function drawKeypoints(
  context: CanvasRenderingContext2D,
  { objects }: KeypointsPreview,
  place: Place,
  ink: number,
): void {
  for (const points of objects) {
    for (const [index, [px, py, score]] of points.entries()) {
      const [x, y] = place(px, py);
      context.globalAlpha = Math.max(0.25, Math.min(1, score));
      context.beginPath();
      context.arc(x, y, 3.5 * ink, 0, 2 * Math.PI);
      context.fillStyle = labelColour(`point ${index}`);
      context.fill();
      context.lineWidth = 1.5 * ink;
      context.strokeStyle = 'rgb(0 0 0 / 0.7)';
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

function drawMask(context: CanvasRenderingContext2D, { picture }: MaskPreview, place: Place): void {
  if (picture === null) return;
  const [left, top] = place(picture.region.x, picture.region.y);
  const [right, bottom] = place(picture.region.x + picture.region.width, picture.region.y + picture.region.height);
  context.imageSmoothingEnabled = true;
  context.drawImage(tinted(picture), left, top, right - left, bottom - top);
}

const TINTED = new WeakMap<Picture, CanvasImageSource>();

/** The mask in one hue, as opaque as it is white. */
function tinted(picture: Picture): CanvasImageSource {
  const known = TINTED.get(picture);
  if (known !== undefined) return known;
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = contextOf(canvas);
  const pixels = new ImageData(picture.width, picture.height);
  for (let i = 0; i < pixels.data.length; i += 4) pixels.data[i + 3] = picture.rgba[i] * 0.55;
  context.putImageData(pixels, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = labelColour('mask');
  context.fillRect(0, 0, picture.width, picture.height);
  TINTED.set(picture, canvas);
  return canvas;
}

/** The samples in their pixels, one line for each channel. */
function drawValues(context: CanvasRenderingContext2D, picture: ShownPicture, place: Place, view: Size): void {
  if ('yuv' in picture) return;
  const { samples, region, rgba } = picture;
  if (samples === null) return;
  const channels = samples.length / (region.width * region.height);
  context.font = VALUE_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let y = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++) {
      const [left, top] = place(region.x + x, region.y + y);
      const [right, bottom] = place(region.x + x + 1, region.y + y + 1);
      if (right < 0 || bottom < 0 || left > view.width || top > view.height) continue;
      const at = y * region.width + x;
      // Beside the last feature map is nothing.
      if (rgba[at * 4 + 3] === 0 && channels === 1) continue;
      context.fillStyle = isLight(rgba, at * 4) ? 'black' : 'white';
      for (let channel = 0; channel < channels; channel++) {
        const line = (top + bottom) / 2 + (channel - (channels - 1) / 2) * 10;
        context.fillText(formatSample(samples[at * channels + channel]), (left + right) / 2, line);
      }
    }
  }
  context.textAlign = 'start';
}

function isLight(rgba: Uint8Array, at: number): boolean {
  return 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2] > 140;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gives no canvas to draw on.');
  return context;
}
