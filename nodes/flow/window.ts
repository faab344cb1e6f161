import { defineNode, pin, SKIP } from 'weft';

export default defineNode({
  type: 'flow/window',
  version: 1,
  title: 'Window',
  summary: 'Gives the last items of a stream together, as a list; the lists are a new stream.',
  keywords: ['buffer', 'batch', 'chunk', 'sliding', 'history', 'last'],
  inputs: {
    value: pin.any({ description: 'The items.' }),
    size: pin.integer({
      default: 5,
      min: 1,
      max: 10_000,
      description: 'Items in a list; shorter lists are not given.',
    }),
    step: pin.integer({
      default: 1,
      min: 1,
      max: 10_000,
      description:
        'Items from the beginning of one list to that of the next; as many as the size for lists that do not overlap.',
    }),
  },
  outputs: {
    list: pin.rule<readonly unknown[]>(
      { kind: 'list-of', pin: 'value' },
      { description: 'The items, the oldest first.' },
    ),
    index: pin.integer({ description: 'Number of the newest item in the stream it was taken from, from 0.' }),
  },
  stream: 'begins',
  open() {
    const held: unknown[] = [];
    let untilNext = 0;
    return {
      process({ value, size, step }, ctx) {
        if (untilNext > 0) {
          untilNext--;
          return SKIP;
        }
        held.push(ctx.keep(value));
        if (held.length < size) return SKIP;
        const list = held.slice();
        for (const old of held.splice(0, step)) if (!held.includes(old)) ctx.release(old);
        untilNext = Math.max(0, step - size);
        return { list, index: ctx.item ?? 0 };
      },
    };
  },
});
