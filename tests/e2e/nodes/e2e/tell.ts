import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/tell',
  version: 1,
  title: 'Tell',
  summary: 'Logs what comes.',
  effects: 'shows',
  inputs: { value: pin.any() },
  outputs: {},
  run({ value }, ctx) {
    ctx.log('info', `got ${JSON.stringify(value)}`);
    return {};
  },
});
