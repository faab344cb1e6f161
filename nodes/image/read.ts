import { basename } from 'node:path';
import { defineNode, type Image, type ImageChannels, type NodeContext, pin, WeftError } from 'weft';
import { readInputFile } from '../io/shared/read-file.ts';
import { libvips } from './shared/libvips.ts';

const MEGAPIXEL = 1e6;

export default defineNode({
  type: 'image/read',
  version: 1,
  title: 'Read image',
  summary: 'Reads a picture from a file: JPEG, PNG, WebP, GIF, AVIF, TIFF or SVG.',
  keywords: ['load', 'open', 'file', 'photo', 'picture', 'decode', 'jpeg', 'png'],
  inputs: {
    path: pin.path({ access: 'read', description: 'The picture file; of an animation the first frame is read.' }),
    limit: pin.number({
      default: 268,
      min: 0.001,
      max: 4000,
      unit: 'megapixels',
      description: 'A larger picture is refused before it is decoded, so that a forged file cannot fill the memory.',
    }),
  },
  outputs: {
    image: pin.image({
      description: 'Upright, in sRGB: 1 channel for grey, 3 for colour, 4 with transparency; 16-bit files stay 16-bit.',
    }),
    width: pin.integer({ description: 'In pixels, after the EXIF orientation was applied.' }),
    height: pin.integer({ description: 'In pixels, after the EXIF orientation was applied.' }),
  },
  async run({ path, limit }, ctx) {
    await ctx.fingerprint(path);
    const file = await readInputFile(path, 'choose a picture in it, or read all of them with image/folder', ctx.signal);
    const image = await decode(file, basename(path), limit, ctx);
    return { image, width: image.width, height: image.height };
  },
});

async function decode(file: Buffer, name: string, limit: number, ctx: NodeContext): Promise<Image> {
  try {
    // `error` lets pass what readers everywhere repair (stray bytes between JPEG markers) and stops at missing data.
    const picture = libvips(file, { failOn: 'error', limitInputPixels: false, autoOrient: true });
    const { width, height, channels, depth } = await picture.metadata();
    if (width * height > limit * MEGAPIXEL) {
      const size = `${width}×${height} pixels (${Math.ceil((width * height) / MEGAPIXEL)} megapixels)`;
      throw new WeftError(
        'E_IMAGE_LIMIT',
        `${name} has ${size}, more than the limit of ${limit}: raise the limit on the node, or shrink the picture.`,
        { pin: 'path' },
      );
    }
    const deep = depth === 'ushort';
    const colourspace = channels === 1 ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
    const { data, info } = await picture
      .toColourspace(colourspace)
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    ctx.signal.throwIfAborted();
    const image = ctx.image(deep ? 'u16' : 'u8', info.width, info.height, info.channels as ImageChannels);
    new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.byteLength).set(data);
    return image;
  } catch (cause) {
    ctx.signal.throwIfAborted();
    if (cause instanceof WeftError) throw cause;
    throw new WeftError(
      'E_IMAGE_DECODE',
      `${name} is damaged or not a picture that Weft reads: open another file, or save the picture again.`,
      { pin: 'path', cause },
    );
  }
}
