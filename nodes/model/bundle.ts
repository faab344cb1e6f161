import { defineNode, pin, WeftError } from 'weft';
import { TENSORS, type Tensors } from './shared/tensors.ts';

export default defineNode({
  type: 'model/bundle',
  version: 1,
  title: 'Bundle tensors',
  summary: 'Names a tensor and puts it into a bundle, for a model with several inputs.',
  keywords: ['inputs', 'name', 'map', 'several'],
  inputs: {
    tensors: pin.rule<Tensors | undefined>(TENSORS, {
      optional: true,
      description: 'The bundle to add to; a new one if unwired.',
    }),
    name: pin.string({ description: "Name of the model's input that the tensor is for." }),
    tensor: pin.tensor({ description: 'The tensor to add.' }),
  },
  outputs: { tensors: pin.rule<Tensors>(TENSORS, { description: 'The bundle with the tensor in it.' }) },
  run({ tensors, name, tensor }) {
    if (tensors?.has(name)) {
      throw new WeftError('E_VALUE', `The bundle has a tensor named \`${name}\` already: give this one another name.`, {
        pin: 'name',
      });
    }
    return { tensors: new Map([...(tensors ?? []), [name, tensor]]) };
  },
});
