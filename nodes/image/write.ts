import { defineNode, pin } from 'weft';
import { itemPath } from '../io/shared/item-path.ts';
import { encodePicture, pictureFormat } from './shared/picture-file.ts';

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
    const content = await encodePicture(image, pictureFormat(file), quality);
    await ctx.writeFile(file, content);
    return { path: file };
  },
});
