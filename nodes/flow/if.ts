import { defineNode, pin, SKIP } from 'weft';

export default defineNode({
  type: 'flow/if',
  version: 1,
  title: 'If',
  summary: 'Sends a value one of two ways; the nodes of the other way do not run.',
  keywords: ['condition', 'branch', 'route', 'gate'],
  inputs: {
    condition: pin.boolean({ description: 'Which way the value goes.' }),
    value: pin.any({ description: 'The value to send on.' }),
  },
  outputs: {
    true: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The value when the condition holds.' }),
    false: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The value when it does not.' }),
  },
  // Not `then` and `else`: a promise takes a result with `then` for another promise.
  run: ({ condition, value }) => (condition ? { true: value, false: SKIP } : { true: SKIP, false: value }),
});
