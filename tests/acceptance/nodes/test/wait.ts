import { once } from 'node:events';
import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/wait',
  version: 1,
  title: 'Wait',
  summary: 'Waits until it is told to stop.',
  inputs: {},
  outputs: { y: pin.number() },
  async run(_, { signal }) {
    await once(signal, 'abort');
    throw signal.reason;
  },
});
