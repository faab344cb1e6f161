import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/integer',
  version: 1,
  title: 'Integer',
  summary: 'Gives a whole number.',
  keywords: ['constant', 'int', 'literal'],
  inputs: { value: pin.integer({ default: 0, description: 'The whole number to give.' }) },
  outputs: { value: pin.integer() },
  run: ({ value }) => ({ value }),
});
