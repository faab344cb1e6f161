import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'value/json',
  version: 1,
  title: 'JSON',
  summary: 'Gives any JSON value: an object, a list, a text, a number, yes or no, or nothing.',
  keywords: ['constant', 'object', 'array', 'list', 'literal'],
  inputs: { value: pin.json({ default: {}, description: 'The JSON value to give.' }) },
  outputs: { value: pin.json() },
  run: ({ value }) => ({ value }),
});
