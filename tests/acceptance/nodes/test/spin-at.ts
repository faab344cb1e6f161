import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/spin-at',
  version: 1,
  title: 'Spin at',
  summary: 'Never lets go of its thread once a number comes.',
  effects: 'shows',
  inputs: { value: pin.number(), at: pin.number() },
  outputs: {},
  run({ value, at }) {
    while (value === at);
    return {};
  },
});
