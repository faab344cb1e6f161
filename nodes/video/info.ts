import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'video/info',
  version: 1,
  title: 'Video info',
  summary: 'Tells what a video file says of itself: size, rate, length, codecs.',
  keywords: ['metadata', 'duration', 'fps', 'resolution', 'codec', 'length', 'probe'],
  inputs: { path: pin.path({ access: 'read' }) },
  outputs: {
    width: pin.integer({ unit: 'px', description: 'As frames come: upright, with square pixels.' }),
    height: pin.integer({ unit: 'px', description: 'As frames come: upright, with square pixels.' }),
    fps: pin.number({ unit: 'fps', description: 'On average; 0 when the file does not tell.' }),
    frames: pin.integer({ description: 'As the header promises; 0 when it promises none.' }),
    seconds: pin.number({ unit: 's', description: '0 when the file does not tell.' }),
    info: pin.json({ description: 'All of it, with container, codecs and rotation.' }),
  },
  async run({ path }, ctx) {
    await ctx.fingerprint(path);
    const reader = await ctx.media.open({ kind: 'file', path });
    await reader.close();
    const { width, height, fps, frames, seconds } = reader.video;
    return { width, height, fps: fps ?? 0, frames: frames ?? 0, seconds: seconds ?? 0, info: { ...reader.video } };
  },
});
