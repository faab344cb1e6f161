import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { MapsLook, PinRef } from '../../shared/protocol/preview.ts';
import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { pickFile } from '../files/pick-file.ts';
import { drawable, drawScene } from './draw-view.ts';
import { type Overlay, pictureOf } from './viewer-content.ts';

/** Where a picture comes from. */
interface PicturePin {
  /** Id of the open graph. */
  readonly graph: string;
  readonly ref: PinRef;
  /** Feature maps that are looked at, where those are chosen. */
  readonly maps?: MapsLook;
}

/** Saves the whole picture of a pin, with what is drawn on it, as a PNG file that the person chooses. */
export async function savePicture(source: PicturePin, title: string, overlays: readonly Overlay[]): Promise<void> {
  const path = await pickFile({
    mode: 'save',
    title: 'Save the picture',
    suggested: fileName(title),
    extensions: ['png'],
  });
  if (path === null) return;
  const picture = await paint(source, overlays);
  await call('exportFile', { path, content: new Uint8Array(await picture.arrayBuffer()) });
  notify({ tone: 'done', sentence: `Saved the picture as ${path}.` });
}

/** Puts the whole picture of a pin, with what is drawn on it, on the clipboard. */
export async function copyPicture(source: PicturePin, overlays: readonly Overlay[]): Promise<void> {
  // The promise goes in as it is: a browser takes a picture only while it still knows of the click.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': paint(source, overlays) })]);
  notify({ tone: 'done', sentence: 'Copied the picture.' });
}

/** Longest side that a canvas may have in every browser. */
const MAX_SIDE = 16_384;

async function paint(source: PicturePin, overlays: readonly Overlay[]): Promise<Blob> {
  const view = await call('preview', { ...source, maxSide: MAX_SIDE });
  const picture = pictureOf(view);
  if (picture === null) {
    const reason = view.state === 'value' ? 'The value is no picture any more: run the graph again.' : view.reason;
    throw new WeftError('E_VALUE', reason);
  }
  const canvas = document.createElement('canvas');
  canvas.width = picture.sourceWidth;
  canvas.height = picture.sourceHeight;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gives no canvas to draw on.');
  const size = { width: canvas.width, height: canvas.height };
  const frame = { x: size.width / 2, y: size.height / 2, scale: 1 };
  // As legible as in a window when the whole picture is shown in one.
  const ink = Math.max(1, size.width / 1000);
  drawScene(context, { pictures: [drawable(picture)], overlays, frame, view: size, ratio: 1, ink });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not write the picture as PNG.');
  return blob;
}

function fileName(title: string): string {
  const stem = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${stem === '' ? 'picture' : stem}.png`;
}
