import { basename } from 'node:path';
import { defineNode, pin, WeftError } from 'weft';

export default defineNode({
  type: 'video/frame-at',
  version: 1,
  title: 'Frame at',
  summary: 'Gives the one frame of a video that is shown at a time.',
  keywords: ['still', 'screenshot', 'thumbnail', 'seek', 'picture', 'extract'],
  inputs: {
    path: pin.path({ access: 'read' }),
    seconds: pin.number({ default: 0, min: 0, unit: 's', description: 'From the beginning of the video.' }),
  },
  outputs: {
    frame: pin.frame({ description: 'Upright, with square pixels.' }),
    shown: pin.number({ unit: 's', description: 'When the frame begins to be shown.' }),
  },
  async run({ path, seconds }, ctx) {
    await ctx.fingerprint(path);
    const reader = await ctx.media.open({ kind: 'file', path }, { from: seconds });
    try {
      const frame = await reader.read();
      if (frame !== null) return { frame, shown: frame.seconds };
      const { seconds: length } = reader.video;
      const message = `${basename(path)} has no frame at ${seconds} s${length === null ? '' : `: it is ${length.toFixed(2)} s long`}.`;
      throw new WeftError('E_VALUE', message, { pin: 'seconds' });
    } finally {
      await reader.close();
    }
  },
});
