import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/fields',
  version: 1,
  title: 'Fields',
  summary: 'Has an input of each type that a value can be written for, and tells what arrived.',
  inputs: {
    number: pin.number({ default: 0.5 }),
    share: pin.number({ default: 0.25, min: 0, max: 1, step: 0.01, widget: 'slider' }),
    count: pin.integer({ default: 3, min: 1, max: 100, unit: 'px' }),
    flag: pin.boolean({ default: false }),
    text: pin.string({ default: 'plain' }),
    prose: pin.string({ default: 'one line', widget: 'multiline' }),
    choice: pin.enum(['near', 'far'], { default: 'near' }),
    file: pin.path({ access: 'read', optional: true }),
    target: pin.path({ access: 'write', default: 'target.txt' }),
    colour: pin.colour({ default: '#ff0000' }),
    data: pin.json({ default: { a: 1 } }),
    list: pin.list(pin.integer(), { default: [1, 2] }),
  },
  outputs: { got: pin.json() },
  run: (inputs) => ({ got: { ...inputs, file: inputs.file ?? null } }),
});
