import { setTimeout } from 'node:timers/promises';
import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/delay',
  version: 1,
  title: 'Delay',
  summary: 'Gives each value on after a while, one after the other, as a slow model would.',
  inputs: { x: pin.any(), ms: pin.number({ default: 100 }) },
  outputs: { y: pin.rule({ kind: 'same-as', pin: 'x' }) },
  open: () => ({
    async process({ x, ms }, { signal }) {
      await setTimeout(ms, undefined, { signal });
      return { y: x };
    },
  }),
});
