import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'image/size',
  version: 1,
  title: 'Image size',
  summary: 'Tells the width, height and number of channels of a picture.',
  keywords: ['shape', 'dimensions', 'resolution', 'inspect'],
  inputs: { image: pin.image() },
  outputs: {
    width: pin.integer({ unit: 'px' }),
    height: pin.integer({ unit: 'px' }),
    channels: pin.integer({ description: '1 for grey, 3 for colour, 4 with transparency.' }),
  },
  run: ({ image: { width, height, channels } }) => ({ width, height, channels }),
});
