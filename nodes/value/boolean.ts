import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/boolean',
  version: 1,
  title: 'Boolean',
  summary: 'Gives yes or no.',
  keywords: ['constant', 'bool', 'switch', 'true', 'false', 'literal'],
  inputs: { value: pin.boolean({ default: false, description: 'On for yes.' }) },
  outputs: { value: pin.boolean() },
  run: ({ value }) => ({ value }),
});
