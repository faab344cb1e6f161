import { defineNode, pin, SKIP } from 'weft';

export default defineNode({
  type: 'flow/throttle',
  version: 1,
  title: 'Throttle',
  summary: 'Passes at most so many items a second by the clock, and drops the others; for cameras.',
  keywords: ['limit', 'rate', 'fps', 'drop', 'slow', 'live'],
  inputs: {
    value: pin.any({ description: 'The items.' }),
    perSecond: pin.number({
      default: 10,
      min: 0.001,
      max: 1000,
      unit: '1/s',
      description: 'Items passed in a second, at most.',
    }),
  },
  outputs: {
    value: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The items that pass.' }),
  },
  effects: 'measures',
  open() {
    let due: number | undefined;
    return {
      process({ value, perSecond }) {
        const now = performance.now();
        if (due !== undefined && now < due) return SKIP;
        // Counted from when it was due: otherwise items that come a little late would make the rate too low.
        due = Math.max((due ?? now) + 1000 / perSecond, now);
        return { value };
      },
    };
  },
});
