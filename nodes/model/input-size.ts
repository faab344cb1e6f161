import { defineNode, pin } from 'weft';
import { pictureInput } from './shared/picture-input.ts';

export default defineNode({
  type: 'model/input-size',
  version: 1,
  title: 'Model input size',
  summary: 'Tells the size of picture that a model takes, for Letterbox or Resize.',
  keywords: ['width', 'height', 'resolution', 'shape', 'signature'],
  inputs: {
    model: pin.model({ description: 'A model whose first input is a picture.' }),
    fallback: pin.integer({
      default: 640,
      min: 1,
      unit: 'px',
      description: 'Width and height for a model that takes any size.',
    }),
  },
  outputs: {
    width: pin.integer({ description: 'Width, in pixels.' }),
    height: pin.integer({ description: 'Height, in pixels.' }),
  },
  run({ model, fallback }) {
    const { height, width } = pictureInput(model);
    return { height: height ?? fallback, width: width ?? fallback };
  },
});
