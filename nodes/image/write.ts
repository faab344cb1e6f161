import { extname } from 'node:path';
import { defineNode, type Image, pin } from 'weft';
import { itemPath, refusedPath } from '../io/shared/item-path.ts';
import { libvips } from './shared/libvips.ts';

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

export default defineNode({
  type: 'image/write',
  version: 1,
  title: 'Write image',
  summary: 'Writes a picture to a file; the extension of its name chooses PNG, JPEG, WebP, AVIF or TIFF.',
  keywords: ['save', 'export', 'store', 'file', 'encode', 'jpeg', 'png'],
  effects: 'writes',
  inputs: {
    image: pin.image(),
    path: pin.path({
      access: 'write',
      default: 'image.png',
      description: '{index} stands for the number of the item, {index:04} pads it to 4 digits, {name} for the name.',
    }),
    name: pin.string({
      optional: true,
      description: 'What {name} stands for; image/folder gives it, without extension. It may name folders: cats/tom.',
    }),
    quality: pin.integer({
      default: 90,
      min: 1,
      max: 100,
      description: 'Of JPEG, WebP and AVIF: 100 is the best and largest. PNG and TIFF lose nothing.',
    }),
  },
  outputs: { path: pin.path({ description: 'The file that was written.' }) },
  async run({ image, path, name, quality }, ctx) {
    const file = itemPath(path, name, ctx.item);
    const content = await encode(image, formatOf(file), quality);
    await ctx.writeFile(file, content);
    return { path: file };
  },
});

function formatOf(path: string): (typeof FORMATS)[Extension] {
  const extension = extname(path).toLowerCase();
  if (!(extension in FORMATS)) {
    const known = new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.keys(FORMATS));
    throw refusedPath(`${JSON.stringify(extension)} is not the extension of a picture: use ${known}.`);
  }
  return FORMATS[extension as Extension];
}

async function encode(image: Image, { format, depth, alpha }: (typeof FORMATS)[Extension], quality: number) {
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
