import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'model/download',
  version: 1,
  title: 'Download model',
  summary: 'Gives a model of the catalogue, and downloads it the first time.',
  keywords: ['fetch', 'get', 'internet', 'catalogue', 'zoo', 'pull'],
  effects: 'network',
  inputs: { name: pin.string({ description: 'Name of the model; `weft models` lists them.' }) },
  outputs: { path: pin.path({ description: 'The .onnx file; wire it to Load model.' }) },
  run: async ({ name }, ctx) => ({ path: await ctx.models.download(name) }),
});
