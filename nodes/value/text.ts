import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/text',
  version: 1,
  title: 'Text',
  summary: 'Gives a text.',
  keywords: ['constant', 'string', 'literal'],
  inputs: { value: pin.string({ default: '', widget: 'multiline', description: 'The text to give.' }) },
  outputs: { value: pin.string() },
  run: ({ value }) => ({ value }),
});
