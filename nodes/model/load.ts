import { defineNode, type Model, pin } from 'weft';

export default defineNode({
  type: 'model/load',
  version: 1,
  title: 'Load model',
  summary: 'Loads an ONNX model, ready to run.',
  keywords: ['onnx', 'session', 'network', 'weights'],
  inputs: {
    path: pin.path({ access: 'read', description: 'The .onnx file.' }),
    backend: pin.enum(['auto', 'cpu'], { default: 'auto', description: 'What runs the model; auto lets Weft choose.' }),
  },
  outputs: { model: pin.rule<Model>({ kind: 'model-file', pin: 'path' }) },
  async run({ path, backend }, ctx) {
    const model = await ctx.models.load(path, backend === 'auto' ? {} : { backend });
    await ctx.fingerprint(path);
    return { model };
  },
});
