import { defineNode, pin, SKIP } from 'weft';

export default defineNode({
  type: 'flow/zip',
  version: 1,
  title: 'Zip',
  summary: 'Joins two or three streams one by one: the first items, the second ones, and so on, up to the shortest.',
  keywords: ['pair', 'join', 'sync', 'merge', 'combine', 'together'],
  inputs: {
    a: pin.any({ description: 'Items of the first stream; what comes out is counted as they are.' }),
    b: pin.any({ description: 'Items of the second stream.' }),
    c: pin.any({ optional: true, description: 'Items of a third stream.' }),
  },
  outputs: {
    a: pin.rule<unknown>({ kind: 'same-as', pin: 'a' }, { description: 'The item of a.' }),
    b: pin.rule<unknown>({ kind: 'same-as', pin: 'b' }, { description: 'The item of b with the same number.' }),
    c: pin.rule<unknown>(
      { kind: 'same-as', pin: 'c' },
      { description: 'The item of c with the same number; nothing when c is not wired.' },
    ),
  },
  stream: 'pairs',
  run: ({ a, b, c }) => ({ a, b, c: c === undefined ? SKIP : c }),
});
