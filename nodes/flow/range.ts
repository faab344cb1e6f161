import { defineNode, pin, WeftError } from 'weft';

export default defineNode({
  type: 'flow/range',
  version: 1,
  title: 'Range',
  summary: 'Counts from a number up or down to another, one item at a time.',
  keywords: ['count', 'loop', 'for', 'sequence', 'stream'],
  inputs: {
    start: pin.number({ default: 0, description: 'The first number.' }),
    stop: pin.number({ default: 10, description: 'Where to end; this number itself is not given.' }),
    step: pin.number({
      default: 1,
      description: 'Distance from one number to the next; below 0 to count down, never 0.',
    }),
  },
  outputs: {
    value: pin.number({ description: 'start + index × step.' }),
    index: pin.integer({ description: 'Number of the item, from 0.' }),
  },
  count: itemCount,
  *source(inputs) {
    const { start, stop, step } = inputs;
    const count = itemCount(inputs);
    if (count === undefined) {
      throw new WeftError(
        'E_VALUE',
        `A range from ${start} to ${stop} in steps of ${step} has no end: give finite numbers and a step other than 0.`,
      );
    }
    // Multiplied, not added up: rounding errors must not pile up over the stream.
    for (let index = 0; index < count; index++) yield { value: start + index * step, index };
  },
});

/** How many numbers a range has; undefined when it has no end. */
function itemCount({ start, stop, step }: { start: number; stop: number; step: number }): number | undefined {
  const steps = (stop - start) / step;
  if (step === 0 || !Number.isFinite(steps)) return undefined;
  // 1.1 / 0.1 is 11.000000000000002 in floating point and means 11.
  const nearest = Math.round(steps);
  const count = Math.abs(steps - nearest) <= Math.abs(steps) * 1e-12 ? nearest : Math.ceil(steps);
  if (count > Number.MAX_SAFE_INTEGER) return undefined;
  return Math.max(0, count);
}
