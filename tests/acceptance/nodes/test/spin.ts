import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/spin',
  version: 1,
  title: 'Spin',
  summary: 'Never ends, and never lets go of its thread.',
  inputs: { after: pin.any({ optional: true }) },
  outputs: { y: pin.number() },
  run() {
    for (;;);
  },
});
