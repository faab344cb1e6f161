import { defineNode, pin, SKIP } from 'weft';

const sameAsA = { kind: 'same-as', pin: 'a' } as const;
const branch = { optional: true, acceptsSkipped: true } as const;

export default defineNode({
  type: 'flow/merge',
  version: 1,
  title: 'Merge',
  summary: 'Brings branches together again: passes on the first input that has a value.',
  keywords: ['join', 'branch', 'coalesce', 'first'],
  inputs: {
    a: pin.any({ ...branch, description: 'Passed on when it has a value.' }),
    b: pin.rule<unknown>(sameAsA, { ...branch, description: 'Passed on when a has no value.' }),
    c: pin.rule<unknown>(sameAsA, { ...branch, description: 'Passed on when a and b have no value.' }),
    d: pin.rule<unknown>(sameAsA, { ...branch, description: 'Passed on when no other input has a value.' }),
  },
  outputs: { value: pin.rule<unknown>(sameAsA) },
  run({ a, b, c, d }) {
    const taken = [a, b, c, d].find((value) => value !== undefined);
    return taken === undefined ? SKIP : { value: taken };
  },
});
