import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'io/output',
  version: 1,
  title: 'Graph output',
  summary: 'Gives a value to whoever runs the graph, under a name.',
  keywords: ['result', 'return', 'export', 'interface'],
  inputs: {
    name: pin.string({ description: 'Name of the output, as the run reports it.' }),
    value: pin.any({ description: 'The value to give; each item of a stream is given as it comes.' }),
  },
  outputs: {},
  effects: 'shows',
  // The engine itself reports what arrives here.
  run: () => ({}),
});
