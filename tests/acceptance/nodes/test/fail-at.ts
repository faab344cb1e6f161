import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/fail-at',
  version: 1,
  title: 'Fail at',
  summary: 'Gives a number on, unless it is the one to fail at.',
  inputs: { x: pin.number(), at: pin.number() },
  outputs: { y: pin.number() },
  run({ x, at }) {
    if (x === at) throw new Error(`${x} is the number to fail at`);
    return { y: x };
  },
});
