import { join } from 'node:path';
import sharp from 'sharp';

// `node tools/icons.ts`: draws resources/icons/icon.svg in the sizes that the systems' desktops ask for.

const FOLDER = join(import.meta.dirname, '..', 'resources', 'icons');
/** Linux takes each as it is; electron-builder makes the .ico and the .icns of the others from the largest. */
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];

for (const size of SIZES) {
  const drawn = sharp(join(FOLDER, 'icon.svg'), { density: (72 * size) / 64 }).resize(size, size);
  await drawn.png({ compressionLevel: 9 }).toFile(join(FOLDER, `${size}x${size}.png`));
}
