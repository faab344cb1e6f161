import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'tensor/shape',
  version: 1,
  title: 'Tensor shape',
  summary: 'Tells the lengths of the axes of a tensor.',
  keywords: ['size', 'dimensions', 'rank', 'axes', 'dtype', 'inspect'],
  inputs: { tensor: pin.tensor() },
  outputs: {
    shape: pin.list(pin.integer(), { description: 'The length of each axis; empty for a scalar.' }),
    rank: pin.integer({ description: 'The number of axes.' }),
    text: pin.string({ description: 'As people write it: float32[1,3,640,640].' }),
  },
  run: ({ tensor }) => ({ shape: tensor.shape, rank: tensor.shape.length, text: tensor.toString() }),
});
