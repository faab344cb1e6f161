import { defineNode, pin, type Tensor, WeftError } from 'weft';
import { namedInputs } from './shared/named-inputs.ts';
import { TENSORS, type Tensors } from './shared/tensors.ts';

export default defineNode({
  type: 'model/infer',
  version: 1,
  title: 'Infer',
  summary: 'Runs a model on tensors.',
  keywords: ['onnx', 'predict', 'run', 'inference', 'network'],
  inputs: {
    model: pin.model({ description: 'The model to run.' }),
    input: pin.rule<Tensor | undefined>(
      { kind: 'model-input', pin: 'model', index: 0 },
      { optional: true, description: "Tensor for the model's first input." },
    ),
    inputs: pin.rule<Tensors | undefined>(TENSORS, {
      optional: true,
      description: 'Tensors for further inputs, by name; Bundle tensors makes them.',
    }),
  },
  outputs: {
    output: pin.rule<Tensor>(
      { kind: 'model-output', pin: 'model', index: 0 },
      { description: "The model's first output." },
    ),
    outputs: pin.rule<Tensors>(TENSORS, { description: 'All outputs, by name; Pick tensor takes one of them.' }),
  },
  async run({ model, input, inputs }, ctx) {
    const outputs = await ctx.models.run(model, namedInputs(model, input, inputs));
    const [first] = model.signature.outputs;
    const output = outputs.get(first.name);
    if (output === undefined) {
      throw new WeftError(
        'E_MODEL_RUN',
        `The model gave no output \`${first.name}\`: check the file, or export it again.`,
      );
    }
    return { output, outputs };
  },
});
