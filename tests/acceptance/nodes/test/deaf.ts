import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/deaf',
  version: 1,
  title: 'Deaf',
  summary: 'Waits for ever, whatever it is told.',
  inputs: {},
  outputs: { y: pin.number() },
  run: () => new Promise<never>(() => {}),
});
