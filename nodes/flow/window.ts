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
    /** In the last list, but in none to come. */
    let gone: readonly unknown[] = [];
    let untilNext = 0;
    return {
      process({ value, size, step }, ctx) {
        for (const old of gone) if (!held.includes(old)) ctx.release(old);
        gone = [];
        if (untilNext > 0) {
          untilNext--;
          return SKIP;
        }
        held.push(ctx.keep(value));
        if (held.length < size) return SKIP;
        const list = held.slice();
        // Held for this call still: only when it has returned does the list itself hold its items.
        gone = held.splice(0, step);
        untilNext = Math.max(0, step - size);
        return { list, index: ctx.item ?? 0 };
      },
    };
  },
});
