import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'stats/rate',
  version: 1,
  title: 'Rate',
  summary: 'Measures how many items of a stream come by in a second.',
  keywords: ['fps', 'frames per second', 'speed', 'throughput', 'frequency'],
  inputs: {
    value: pin.any({ description: 'The items to count.' }),
    seconds: pin.number({
      default: 1,
      min: 0.1,
      max: 3600,
      perItem: true,
      unit: 's',
      description: 'The rate is the mean over the last so many seconds.',
    }),
  },
  outputs: {
    value: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The items, as they came.' }),
    rate: pin.number({ description: 'Items per second; 0 for the first.' }),
  },
  effects: 'measures',
  open() {
    const times: number[] = [];
    return {
      process({ value, seconds }) {
        const now = performance.now();
        times.push(now);
        while (times.length > 2 && times[0] < now - seconds * 1000) times.shift();
        const elapsed = now - times[0];
        return { value, rate: elapsed > 0 ? ((times.length - 1) * 1000) / elapsed : 0 };
      },
    };
  },
});
