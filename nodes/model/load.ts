import { BACKEND_CHOICES, defineNode, type Model, pin } from 'weft';

export default defineNode({
  type: 'model/load',
  version: 1,
  title: 'Load model',
  summary: 'Loads an ONNX model, ready to run.',
  keywords: ['onnx', 'session', 'network', 'weights'],
  inputs: {
    path: pin.path({
      access: 'read',
      content: 'model',
      description: 'The .onnx file, or a name that `weft models` lists.',
    }),
    backend: pin.enum(BACKEND_CHOICES, {
      default: 'auto',
      description: 'What runs the model; auto is the fastest on this machine.',
    }),
  },
  outputs: { model: pin.rule<Model>({ kind: 'model-file', pin: 'path' }) },
  async run({ path, backend }, ctx) {
    const model = await ctx.models.load(path, backend === 'auto' ? {} : { backend });
    await ctx.fingerprint(path);
    return { model };
  },
});
