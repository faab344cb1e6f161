import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'flow/latest',
  version: 1,
  title: 'Latest',
  summary: 'Gives each item of one stream the newest item of another.',
  keywords: ['newest', 'last', 'hold', 'sync', 'join', 'combine'],
  inputs: {
    value: pin.any({ description: 'Each of these items is passed on.' }),
    other: pin.any({
      description:
        'The stream whose newest item goes with them. Where both come from one source, that is the last one made from the same item or an earlier one.',
    }),
  },
  outputs: {
    value: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The item.' }),
    other: pin.rule<unknown>({ kind: 'same-as', pin: 'other' }, { description: 'The newest of the other stream.' }),
  },
  stream: 'follows',
  run: ({ value, other }) => ({ value, other }),
});
