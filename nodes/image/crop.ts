import { defineNode, pin, type Space, WeftError } from 'weft';

export default defineNode({
  type: 'image/crop',
  version: 1,
  title: 'Crop',
  summary: 'Cuts a rectangle out of a picture.',
  keywords: ['cut', 'region', 'roi', 'clip', 'slice'],
  inputs: {
    image: pin.image({ channels: 'c' }),
    x: pin.integer({ default: 0, min: 0, unit: 'px', description: 'Left edge.' }),
    y: pin.integer({ default: 0, min: 0, unit: 'px', description: 'Top edge.' }),
    width: pin.integer({ min: 1, unit: 'px' }),
    height: pin.integer({ min: 1, unit: 'px' }),
  },
  outputs: {
    image: pin.image({ width: 'width', height: 'height', channels: 'c' }),
    space: pin.rule<Space>({ kind: 'custom', name: 'space' }, { description: 'Leads back to the whole picture.' }),
  },
  run({ image, x, y, width, height }, ctx) {
    if (x + width > image.width || y + height > image.height) {
      throw new WeftError(
        'E_VALUE',
        `A rectangle of ${width}×${height} at (${x}, ${y}) reaches beyond the picture of ` +
          `${image.width}×${image.height}: move it or make it smaller.`,
        { pin: x + width > image.width ? 'width' : 'height' },
      );
    }
    const result = ctx.image(image.depth, width, height, image.channels);
    const rowLength = width * image.channels;
    for (let row = 0; row < height; row++) {
      const start = ((y + row) * image.width + x) * image.channels;
      result.data.set(image.data.subarray(start, start + rowLength), row * rowLength);
    }
    const space: Space = {
      width,
      height,
      scale: 1,
      scaleY: 1,
      padX: -x,
      padY: -y,
      originalWidth: image.width,
      originalHeight: image.height,
    };
    return { image: result, space };
  },
});
