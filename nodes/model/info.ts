import { basename } from 'node:path';
import { defineNode, type Model, pin } from 'weft';

type TensorPort = Model['signature']['inputs'][number];

export default defineNode({
  type: 'model/info',
  version: 1,
  title: 'Model info',
  summary: "Tells a model's inputs, outputs and metadata.",
  keywords: ['signature', 'shape', 'metadata', 'inspect', 'onnx'],
  inputs: { model: pin.model({ description: 'The model to look at.' }) },
  outputs: {
    signature: pin.json({
      description: 'Inputs and outputs: name, dtype and shape; a dimension left open is a name or null.',
    }),
    metadata: pin.json({ description: "The file's own notes, by key." }),
    text: pin.string({ description: 'The same to read, one line each.' }),
  },
  run({ model }) {
    const { inputs, outputs } = model.signature;
    return {
      signature: { inputs: inputs.map(portAsJson), outputs: outputs.map(portAsJson) },
      metadata: model.metadata,
      text: [
        `${basename(model.path)} (${model.backend})`,
        ...inputs.map((port) => `input ${portAsText(port)}`),
        ...outputs.map((port) => `output ${portAsText(port)}`),
        ...Object.entries(model.metadata).map(([key, value]) => `${key}: ${value}`),
      ].join('\n'),
    };
  },
});

function portAsJson({ name, dtype, shape }: TensorPort) {
  return { name, dtype, shape };
}

function portAsText({ name, dtype, shape }: TensorPort): string {
  return `${name} ${dtype}[${shape === null ? '…' : shape.map((dim) => dim ?? '?').join(',')}]`;
}
