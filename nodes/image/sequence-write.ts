import { join } from 'node:path';
import { defineNode, pin, WeftError } from 'weft';
import { encodePicture, pictureFormat } from './shared/picture-file.ts';

export default defineNode({
  type: 'image/sequence-write',
  version: 1,
  title: 'Write image sequence',
  summary: 'Writes the pictures of a stream as numbered files, without gaps, as video programs read them.',
  keywords: ['frames', 'save', 'export', 'numbered', 'video', 'png', 'folder'],
  effects: 'writes',
  inputs: {
    image: pin.image(),
    folder: pin.path({ access: 'write', default: 'frames' }),
    prefix: pin.string({ default: '', description: 'Stands before the number.' }),
    first: pin.integer({ default: 0, min: 0, description: 'Number of the first file.' }),
    digits: pin.integer({ default: 6, min: 1, max: 12, description: 'Shorter numbers are padded with zeros.' }),
    format: pin.enum(['png', 'jpg', 'webp', 'tiff'], { default: 'png' }),
    quality: pin.integer({
      default: 90,
      min: 1,
      max: 100,
      description: 'Of JPEG and WebP: 100 is the best and largest.',
    }),
  },
  outputs: { path: pin.path({ description: 'The file that was written.' }) },
  open({ first }) {
    if (first === undefined) {
      throw new WeftError('E_VALUE', 'The number of the first file must be the same for all pictures: set it once.', {
        pin: 'first',
      });
    }
    let number = first;
    return {
      async process({ image, folder, prefix, digits, format, quality }, ctx) {
        if (/[\\/]/.test(prefix)) {
          throw new WeftError('E_VALUE', `The prefix ${JSON.stringify(prefix)} names a folder: set it as the folder.`, {
            pin: 'prefix',
          });
        }
        const name = `${prefix}${String(number++).padStart(digits, '0')}.${format}`;
        const path = join(folder, name);
        await ctx.writeFile(path, await encodePicture(image, pictureFormat(name), quality));
        return { path };
      },
    };
  },
});
