import { defineNode, pin, WeftError } from 'weft';

export default defineNode({
  type: 'io/input',
  version: 1,
  title: 'Graph input',
  summary: 'A value that whoever runs the graph can set by name.',
  keywords: ['parameter', 'argument', 'interface'],
  inputs: {
    name: pin.string({ description: 'Name of the input, as in `weft run --set NAME=VALUE`.' }),
    type: pin.string({ default: 'any', description: 'Type of the value: `number`, `path`, `image`, `list<string>`…' }),
    default: pin.json({
      optional: true,
      description: 'Used when the input is not set; without it the input must be set. A path is relative to the graph.',
    }),
  },
  outputs: { value: pin.rule<unknown>({ kind: 'declared-by', pin: 'type' }) },
  // The engine puts what was set in place of `default`.
  run({ name, default: value }) {
    if (value === undefined) {
      throw new WeftError(
        'E_PIN_REQUIRED',
        `The graph's input \`${name}\` has no value: set it, or give it a default.`,
      );
    }
    return { value };
  },
});
