import { defineNode, pin, WeftError } from 'weft';
import { TENSORS, type Tensors } from './shared/tensors.ts';

export default defineNode({
  type: 'model/pick',
  version: 1,
  title: 'Pick tensor',
  summary: 'Takes one tensor out of a bundle, for a model with several outputs.',
  keywords: ['outputs', 'name', 'unbundle', 'several'],
  inputs: {
    tensors: pin.rule<Tensors>(TENSORS, { description: 'The bundle to take from.' }),
    name: pin.string({ description: "Name of the tensor; Model info lists those of a model's outputs." }),
  },
  outputs: { tensor: pin.tensor({ description: 'The tensor of that name.' }) },
  run({ tensors, name }) {
    const tensor = tensors.get(name);
    if (tensor === undefined) {
      throw new WeftError('E_VALUE', `The bundle has no tensor named \`${name}\`: choose ${namesOf(tensors)}.`, {
        pin: 'name',
      });
    }
    return { tensor };
  },
});

function namesOf(tensors: Tensors): string {
  return [...tensors.keys()].map((name) => `\`${name}\``).join(' or ') || 'a bundle that is not empty';
}
