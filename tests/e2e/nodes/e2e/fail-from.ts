import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/fail-from',
  version: 1,
  title: 'Fail from',
  summary: 'Gives numbers on until there is one that is not below the limit: a live run may leave any single one out.',
  inputs: { x: pin.number(), limit: pin.number() },
  outputs: { y: pin.number() },
  run({ x, limit }) {
    if (x >= limit) throw new Error(`the number is not below ${limit}`);
    return { y: x };
  },
});
