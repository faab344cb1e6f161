import { defineNode, Frame, pin, WeftError } from 'weft';

export default defineNode({
  type: 'video/write',
  version: 1,
  title: 'Write video',
  summary:
    'Writes pictures to a video file; the extension of its name chooses MP4 or MKV with H.264, or WebM with VP9.',
  keywords: ['save', 'record', 'export', 'encode', 'film', 'movie', 'mp4', 'mkv', 'webm', 'h264', 'vp9', 'file'],
  effects: 'writes',
  inputs: {
    image: pin.image({
      frames: true,
      description: 'A frame keeps its time; those of other sizes are scaled to the first.',
    }),
    path: pin.path({ access: 'write', default: 'video.mp4' }),
    frame: pin.frame({
      optional: true,
      description: 'The frame that a picture was made from: its time and sound are used.',
    }),
    fps: pin.number({ default: 25, min: 0.01, max: 1000, unit: 'fps', description: 'Of pictures that have no time.' }),
    quality: pin.enum(['small', 'medium', 'high'], {
      default: 'medium',
      description: 'A better picture takes more space.',
    }),
    audio: pin.boolean({ default: false, description: 'Copies the sound of the video that the frames come from.' }),
  },
  outputs: {},
  async open({ path, fps, quality, audio }, ctx) {
    if (path === undefined || fps === undefined || quality === undefined || audio === undefined) {
      throw new WeftError('E_VALUE', 'Path, fps, quality and audio are the same for the whole video: set them once.');
    }
    const writer = await ctx.media.create(path, { fps, quality, audio });
    let isFirst = true;
    return {
      async process({ image, frame }, ctx) {
        const source = image instanceof Frame ? image : frame;
        if (isFirst && audio && !source?.video.audio) {
          ctx.log('warning', 'There is no sound to copy: the pictures come from no video that has any.');
        }
        isFirst = false;
        await writer.write(image, frame);
        return {};
      },
      close: () => writer.finish(),
    };
  },
});
