import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/wave',
  version: 1,
  title: 'Wave',
  summary: 'Forty numbers from 0 to 39 halves; the sixth is not a number, the seventh infinite.',
  inputs: {},
  outputs: { value: pin.number() },
  *source() {
    for (let item = 0; item < 40; item++) {
      yield { value: item === 5 ? Number.NaN : item === 6 ? Number.POSITIVE_INFINITY : item / 2 };
    }
  },
});
