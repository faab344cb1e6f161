import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/path',
  version: 1,
  title: 'Path',
  summary: 'Gives the path of a file or folder.',
  keywords: ['constant', 'file', 'folder', 'literal'],
  inputs: {
    value: pin.path({ access: 'read', description: "A file or folder; relative to the graph's folder, or absolute." }),
  },
  outputs: { value: pin.path({ description: 'The absolute path.' }) },
  run: ({ value }) => ({ value }),
});
