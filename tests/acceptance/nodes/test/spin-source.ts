import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/spin-source',
  version: 1,
  title: 'Spinning source',
  summary: 'Gives one item, and then never lets go of its thread.',
  inputs: {},
  outputs: { y: pin.number() },
  *source() {
    yield { y: 1 };
    for (;;);
  },
});
