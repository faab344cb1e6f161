import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { defineNode, pin, SKIP, type VideoWriter, WeftError } from 'weft';

export default defineNode({
  type: 'video/record',
  version: 1,
  title: 'Record video',
  summary: 'Writes pictures to a video file while it is on, and to another file each time that it is on again.',
  keywords: ['save', 'capture', 'camera', 'live', 'film', 'mp4', 'mkv', 'webm', 'h264', 'vp9'],
  effects: 'writes',
  inputs: {
    image: pin.image({
      frames: true,
      description: 'A frame keeps its time; those of other sizes are scaled to the first.',
    }),
    on: pin.boolean({ default: true, perItem: true, description: 'May be switched during a run.' }),
    path: pin.path({
      access: 'write',
      default: 'recording.mp4',
      description: 'Where there is such a file, a number is put behind its name: recordings are not written over.',
    }),
    fps: pin.number({ default: 25, min: 0.01, max: 1000, unit: 'fps', description: 'Of pictures that have no time.' }),
    quality: pin.enum(['small', 'medium', 'high'], {
      default: 'medium',
      description: 'A better picture takes more space.',
    }),
  },
  outputs: { path: pin.path({ description: 'Each file, when it is begun.' }) },
  open({ path, fps, quality }) {
    if (path === undefined || fps === undefined || quality === undefined) {
      throw new WeftError('E_VALUE', 'Path, fps and quality are the same for the whole stream: set them once.');
    }
    let writer: VideoWriter | null = null;
    const stop = async () => {
      const stopped = writer;
      writer = null;
      await stopped?.finish();
    };
    return {
      async process({ image, on }, ctx) {
        if (!on) {
          await stop();
          return SKIP;
        }
        if (writer !== null) {
          await writer.write(image);
          return SKIP;
        }
        const file = freePath(path);
        writer = await ctx.media.create(file, { fps, quality, audio: false });
        await writer.write(image);
        return { path: file };
      },
      close: stop,
    };
  },
});

/** The path itself, or the first of `name-2.mp4`, `name-3.mp4`, … that there is not. */
function freePath(path: string): string {
  const { dir, name, ext } = parse(path);
  let free = path;
  for (let number = 2; existsSync(free); number++) free = join(dir, `${name}-${number}${ext}`);
  return free;
}
