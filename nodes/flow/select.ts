import { defineNode, pin, WeftError } from 'weft';

const sameAsA = { kind: 'same-as', pin: 'a' } as const;

export default defineNode({
  type: 'flow/select',
  version: 1,
  title: 'Select',
  summary: 'Passes on one of several values, chosen by number.',
  keywords: ['switch', 'choose', 'multiplexer'],
  inputs: {
    index: pin.integer({
      default: 0,
      min: 0,
      max: 3,
      description: 'Input to pass on: 0 for a, 1 for b, 2 for c, 3 for d.',
    }),
    a: pin.any({ description: 'Passed on for index 0.' }),
    b: pin.rule<unknown>(sameAsA, { optional: true, description: 'Passed on for index 1.' }),
    c: pin.rule<unknown>(sameAsA, { optional: true, description: 'Passed on for index 2.' }),
    d: pin.rule<unknown>(sameAsA, { optional: true, description: 'Passed on for index 3.' }),
  },
  outputs: { value: pin.rule<unknown>(sameAsA) },
  run({ index, a, b, c, d }) {
    const value = [a, b, c, d][index];
    if (value === undefined) {
      throw new WeftError('E_VALUE', `No value arrives at the input with index ${index}: wire it, or choose another.`, {
        pin: 'index',
      });
    }
    return { value };
  },
});
