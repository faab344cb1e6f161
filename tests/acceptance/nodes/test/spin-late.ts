import { setImmediate } from 'node:timers/promises';
import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/spin-late',
  version: 1,
  title: 'Spin late',
  summary: 'Waits a moment before it never lets go of its thread.',
  inputs: {},
  outputs: { y: pin.number() },
  async run() {
    await setImmediate();
    for (;;);
  },
});
