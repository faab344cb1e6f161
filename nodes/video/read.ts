import { basename } from 'node:path';
import { defineNode, pin, type ReadTally, type VideoDescription } from 'weft';

export default defineNode({
  type: 'video/read',
  version: 1,
  title: 'Read video',
  summary: 'Gives the frames of a video file, one item each.',
  keywords: ['film', 'movie', 'mp4', 'frames', 'decode', 'open', 'load', 'file', 'clip'],
  inputs: {
    path: pin.path({ access: 'read', description: 'Any container and codec that FFmpeg reads.' }),
    start: pin.number({ default: 0, min: 0, unit: 's', description: 'Where to begin.' }),
    end: pin.number({
      optional: true,
      min: 0,
      unit: 's',
      description: 'Where to stop; the end of the video if not set.',
    }),
    step: pin.integer({ default: 1, min: 1, max: 10000, description: '2 gives every second frame, and so on.' }),
    width: pin.integer({ optional: true, min: 2, max: 16384, unit: 'px', description: 'Scales the frames.' }),
    height: pin.integer({
      optional: true,
      min: 2,
      max: 16384,
      unit: 'px',
      description: 'Scales the frames; with width or height alone, the other follows.',
    }),
  },
  outputs: {
    frame: pin.frame({ description: 'Upright, with square pixels.' }),
    index: pin.integer({ description: 'Number of the frame, from 0; a step leaves numbers out.' }),
    seconds: pin.number({ unit: 's', description: 'When the frame is shown, from the beginning of the video.' }),
  },
  async *source({ path, start, end, step, width, height }, ctx) {
    await ctx.fingerprint(path);
    const reader = await ctx.media.open(
      { kind: 'file', path },
      { from: start > 0 ? start : undefined, to: end, step, width, height },
    );
    try {
      const promised = framesBetween(reader.video, start, end);
      if (promised !== null) ctx.expectItems(Math.ceil(promised / step));
      for (let frame = await reader.read(); frame !== null; frame = await reader.read()) {
        yield { frame, index: frame.index, seconds: frame.seconds };
      }
      const whole = start === 0 && end === undefined;
      for (const message of remarks(basename(path), reader.tally, whole ? reader.video.frames : null)) {
        ctx.log('warning', message);
      }
    } finally {
      await reader.close();
    }
  },
});

/** About as many frames as will come; null when nothing tells. */
function framesBetween({ frames, seconds, fps }: VideoDescription, start: number, end: number | undefined) {
  const length = seconds ?? end ?? null;
  if (start === 0 && (end === undefined || (seconds !== null && end >= seconds)) && frames !== null) return frames;
  if (length === null || fps === null) return null;
  return Math.max(0, Math.round((Math.min(end ?? length, length) - start) * fps));
}

/** What is not as a person would expect it. `promised`: frames that the header promises; null when it does not count. */
function remarks(name: string, { decoded, lost, damaged, resized }: ReadTally, promised: number | null): string[] {
  const remarks: string[] = [];
  if (promised !== null && promised !== decoded) {
    remarks.push(`The header of ${name} promises ${promised} frames, but ${decoded} are in it.`);
  }
  if (lost > 0) remarks.push(`${name} is damaged: ${lost} pieces of it could not be decoded.`);
  if (damaged > 0) remarks.push(`${name} is damaged: ${damaged} frames show the damage.`);
  if (resized > 0)
    remarks.push(`${resized} frames of ${name} had another size; they were scaled to that of the first.`);
  return remarks;
}
