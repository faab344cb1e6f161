import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/wait-source',
  version: 1,
  title: 'Waiting source',
  summary: 'Gives one item, and then waits for ever.',
  inputs: {},
  outputs: { y: pin.number() },
  async *source() {
    yield { y: 1 };
    await new Promise(() => {});
  },
});
