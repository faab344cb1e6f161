import { setTimeout as wait } from 'node:timers/promises';
import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'test/slow',
  version: 1,
  title: 'Slow',
  summary: 'Takes its time with each value, one after the other.',
  inputs: { value: pin.any(), number: pin.integer(), ms: pin.number({ default: 100 }) },
  outputs: { number: pin.integer() },
  open: () => ({
    async process({ number, ms }) {
      await wait(ms);
      return { number };
    },
  }),
});
