import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/number',
  version: 1,
  title: 'Number',
  summary: 'Gives a number.',
  keywords: ['constant', 'float', 'literal'],
  inputs: { value: pin.number({ default: 0, description: 'The number to give.' }) },
  outputs: { value: pin.number() },
  run: ({ value }) => ({ value }),
});
