import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { defineNode, pin, SKIP, type VideoWriter } from 'weft';

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
      perItem: true,
      description: 'Where there is such a file, a number is put behind its name: recordings are not written over.',
    }),
    fps: pin.number({
      default: 25,
      min: 0.01,
      max: 1000,
      unit: 'fps',
      perItem: true,
      description: 'Of pictures that have no time; a change counts from the next recording.',
    }),
    quality: pin.enum(['small', 'medium', 'high'], {
      default: 'medium',
      perItem: true,
      description: 'A better picture takes more space; a change counts from the next recording.',
    }),
  },
  outputs: { path: pin.path({ description: 'Each file, when it is begun.' }) },
  open() {
    let writer: VideoWriter | null = null;
    const stop = async () => {
      const stopped = writer;
      writer = null;
      await stopped?.finish();
    };
    return {
      async process({ image, on, path, fps, quality }, ctx) {
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
