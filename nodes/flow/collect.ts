import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'flow/collect',
  version: 1,
  title: 'Collect',
  summary: 'Gathers all items of a stream into one list.',
  keywords: ['gather', 'list', 'array', 'accumulate', 'fold'],
  inputs: { value: pin.any({ description: 'The items to gather.' }) },
  outputs: {
    list: pin.rule<readonly unknown[]>(
      { kind: 'list-of', pin: 'value' },
      { description: 'The items, in their order.' },
    ),
    count: pin.integer({ description: 'How many there are.' }),
  },
  collect() {
    const list: unknown[] = [];
    return {
      add({ value }, ctx) {
        list.push(ctx.keep(value));
      },
      result: () => ({ list, count: list.length }),
    };
  },
});
