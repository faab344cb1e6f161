import { type Model, type Tensor, WeftError } from 'weft';
import type { Tensors } from './tensors.ts';

/**
 * The tensors for a model by name: `input` is for its first input, `inputs` are for others, or for all.
 * @throws E_MODEL_INPUT when the first input gets two
 */
export function namedInputs(model: Model, input: Tensor | undefined, inputs: Tensors = new Map()): Tensors {
  if (input === undefined) return inputs;
  // A model without inputs refuses the tensor by this name.
  const name = model.signature.inputs[0]?.name ?? 'input';
  if (inputs.has(name)) {
    throw new WeftError(
      'E_MODEL_INPUT',
      `The model's input \`${name}\` gets two tensors, from \`input\` and from \`inputs\`: remove one of the wires.`,
      { pin: 'inputs' },
    );
  }
  return new Map([[name, input], ...inputs]);
}
