import { yuvToRgb } from '../../shared/node-api/yuv.ts';
import type { FramePicture } from '../../shared/protocol/preview.ts';
import type { ShownPicture } from './viewer-content.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Puts a picture on a canvas, pixel by pixel, from its upper left corner. */
export function putPixels(context: Context, picture: ShownPicture): void {
  if ('yuv' in picture && browserConverts(picture)) return putFrame(context, picture);
  const { width, height } = picture;
  const { buffer, byteOffset, byteLength } = 'yuv' in picture ? toRgba(picture) : picture.rgba;
  context.putImageData(new ImageData(new Uint8ClampedArray(buffer, byteOffset, byteLength), width, height), 0, 0);
}

/** Browsers do it for pages that came over a safe line, or from this machine. */
function browserConverts({ colour }: FramePicture): boolean {
  return 'VideoFrame' in globalThis && colour.matrix !== 'bt2020';
}

function putFrame(context: Context, { width, height, yuv, colour }: FramePicture): void {
  const frame = new VideoFrame(yuv, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    // Colours of the screen, so that only the matrix is undone, as the engine does.
    colorSpace: {
      matrix: colour.matrix === 'bt709' ? 'bt709' : 'smpte170m',
      fullRange: colour.full,
      primaries: 'bt709',
      transfer: 'iec61966-2-1',
    },
  });
  context.drawImage(frame, 0, 0);
  frame.close();
}

/** The colours of a frame, converted without the browser's help. */
export function toRgba({ width, height, yuv, colour }: FramePicture): Uint8Array<ArrayBuffer> {
  const rgb = yuvToRgb({ width, height, data: yuv, colour });
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
  }
  return rgba;
}
