import { defineNode, encodeNpy, type NumericDType, pin, type Tensor, WeftError } from 'weft';
import { itemPath } from '../io/shared/item-path.ts';

export default defineNode({
  type: 'tensor/write-npy',
  version: 1,
  title: 'Write .npy',
  summary: 'Writes a tensor to a NumPy file, for `numpy.load`.',
  keywords: ['numpy', 'save', 'store', 'array', 'file', 'export'],
  effects: 'writes',
  inputs: {
    tensor: pin.tensor(),
    path: pin.path({
      access: 'write',
      default: 'tensor.npy',
      description: '{index} stands for the number of the item, {index:04} pads it to 4 digits, {name} for the name.',
    }),
    name: pin.string({ optional: true, description: 'What {name} stands for; it may name folders: cats/tom.' }),
  },
  outputs: { path: pin.path({ description: 'The file that was written.' }) },
  async run({ tensor, path, name }, ctx) {
    if (tensor.is('string')) {
      throw new WeftError(
        'E_VALUE',
        `${tensor} holds text, which .npy files of Weft do not: wire a tensor of numbers.`,
        {
          pin: 'tensor',
        },
      );
    }
    const file = itemPath(path, name, ctx.item);
    // Sound: every type but string, which has been dealt with, is numeric.
    await ctx.writeFile(file, encodeNpy(tensor as Tensor<NumericDType>));
    return { path: file };
  },
});
