import { extname } from 'node:path';
import type { Image } from 'weft';
import { refusedPath } from '../../io/shared/item-path.ts';
import { libvips } from './libvips.ts';

const FORMATS = {
  '.png': { format: 'png', depth: 'ushort', alpha: true },
  '.tif': { format: 'tiff', depth: 'ushort', alpha: true },
  '.tiff': { format: 'tiff', depth: 'ushort', alpha: true },
  '.jpg': { format: 'jpeg', depth: 'uchar', alpha: false },
  '.jpeg': { format: 'jpeg', depth: 'uchar', alpha: false },
  '.webp': { format: 'webp', depth: 'uchar', alpha: true },
  '.avif': { format: 'avif', depth: 'uchar', alpha: true },
} as const;
type Extension = keyof typeof FORMATS;
export type PictureFormat = (typeof FORMATS)[Extension];

/** The format that the extension of a file's name stands for. @throws E_VALUE */
export function pictureFormat(path: string): PictureFormat {
  const extension = extname(path).toLowerCase();
  if (!(extension in FORMATS)) {
    const known = new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.keys(FORMATS));
    throw refusedPath(`${JSON.stringify(extension)} is not the extension of a picture: use ${known}.`);
  }
  return FORMATS[extension as Extension];
}

/** A picture as the content of a file. `quality` 1–100, of formats that lose something. */
export function encodePicture(image: Image, { format, depth, alpha }: PictureFormat, quality: number): Promise<Buffer> {
  const { width, height, channels } = image;
  const deep = image.depth !== 'u8' && depth === 'ushort';
  // libvips takes floating-point samples for 16-bit ones, so those of 0–1 become 16-bit first.
  const samples = image.is('f32')
    ? Uint16Array.from(image.data, (sample) => clampToUnit(sample) * 65535 + 0.5)
    : image.data;
  const picture = libvips(samples as Uint8Array | Uint16Array, { raw: { width, height, channels } });
  if (channels === 4 && !alpha) picture.flatten({ background: '#ffffff' });
  const grey = channels === 1;
  return picture
    .toColourspace(deep ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb')
    .toFormat(format, format === 'png' ? {} : format === 'tiff' ? { compression: 'lzw' } : { quality })
    .toBuffer();
}

function clampToUnit(sample: number): number {
  return Math.min(Math.max(sample, 0), 1);
}
