import { defineNode, Frame, pin, SKIP, WeftError } from 'weft';

export default defineNode({
  type: 'flow/sample',
  version: 1,
  title: 'Sample',
  summary: 'Takes some items of a stream, every n-th or so many a second; they are a new stream.',
  keywords: ['every', 'nth', 'decimate', 'skip', 'subsample', 'thin', 'fps'],
  inputs: {
    value: pin.any({ description: 'The items to choose from.' }),
    every: pin.integer({ default: 1, min: 1, description: 'Takes the first of every so many items.' }),
    perSecond: pin.number({
      optional: true,
      min: 0.001,
      max: 1000,
      unit: '1/s',
      description: 'Of those, takes at most so many for each second of the video. For frames, which know their time.',
    }),
  },
  outputs: {
    value: pin.rule<unknown>({ kind: 'same-as', pin: 'value' }, { description: 'The items taken.' }),
    index: pin.integer({ description: 'Number of the item in the stream it was taken from, from 0.' }),
  },
  stream: 'begins',
  open() {
    let seen = 0;
    /** Number of the slice of time, each `1 / perSecond` long, that the last item was taken from. */
    let slice = Number.NEGATIVE_INFINITY;
    return {
      process({ value, every, perSecond }, ctx) {
        if (seen++ % every !== 0) return SKIP;
        if (perSecond !== undefined) {
          // Half a millisecond of grace: containers round the times of frames.
          const current = Math.floor((secondsOf(value) + 0.0005) * perSecond);
          if (current === slice) return SKIP;
          slice = current;
        }
        return { value, index: ctx.item ?? 0 };
      },
    };
  },
});

function secondsOf(value: unknown): number {
  if (value instanceof Frame) return value.seconds;
  throw new WeftError(
    'E_VALUE',
    'Only frames of a video or camera know their time: sample these, take every n-th item, or use Throttle, which goes by the clock.',
    { pin: 'perSecond' },
  );
}
