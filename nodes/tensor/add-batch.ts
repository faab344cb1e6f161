import { defineNode, pin, type Tensor } from 'weft';

export default defineNode({
  type: 'tensor/add-batch',
  version: 1,
  title: 'Add batch',
  summary: 'Puts a batch axis of length 1 before the axes of a tensor; nothing is copied.',
  keywords: ['batch', 'dimension', 'expand', 'unsqueeze', 'nchw', 'reshape'],
  inputs: { tensor: pin.tensor() },
  outputs: { tensor: pin.rule<Tensor>({ kind: 'batched', pin: 'tensor' }) },
  run: ({ tensor }) => ({ tensor: tensor.reshaped([1, ...tensor.shape]) }),
});
