import { defineNode, pin, type VideoSource } from 'weft';

export default defineNode({
  type: 'video/camera',
  version: 1,
  title: 'Camera',
  summary: 'Gives the frames of a camera as they come; those that nobody has time for are left out.',
  keywords: ['webcam', 'live', 'capture', 'device', 'usb', 'stream', 'picture'],
  live: true,
  inputs: {
    device: pin.string({
      default: '0',
      widget: 'camera',
      description:
        'A number (0 is the first) or a name, as the field or `weft doctor` lists them; pattern for moving test bars; a video file to play in place of a camera.',
    }),
    width: pin.integer({
      default: 640,
      min: 16,
      max: 8192,
      unit: 'px',
      description: 'The camera takes what is nearest.',
    }),
    height: pin.integer({
      default: 480,
      min: 16,
      max: 8192,
      unit: 'px',
      description: 'The camera takes what is nearest.',
    }),
    fps: pin.number({ default: 30, min: 1, max: 240, unit: 'fps', description: 'The camera takes what is nearest.' }),
    duration: pin.number({
      default: 0,
      min: 0,
      unit: 's',
      description: 'Stops after this time; 0: goes on until it is stopped.',
    }),
  },
  outputs: {
    frame: pin.frame(),
    index: pin.integer({ description: 'Number of the frame, from 0; frames that were left out leave gaps.' }),
    seconds: pin.number({ unit: 's', description: 'When the frame was taken, from the first one.' }),
  },
  async *source({ device, width, height, fps, duration }, ctx) {
    const reader = await ctx.media.open(sourceOf(device, { width, height, fps }), { live: true });
    try {
      let began: number | null = null;
      for (let frame = await reader.read(); frame !== null; frame = await reader.read()) {
        began ??= frame.seconds;
        const seconds = frame.seconds - began;
        if (duration > 0 && seconds >= duration) return;
        yield { frame, index: frame.index, seconds };
      }
    } finally {
      await reader.close();
    }
  },
});

/** As `street.mp4` and `old.3gp`, unlike the name of a `Webcam 5.0MP`. */
const FILE_NAME = /\.(?:[A-Za-z][A-Za-z0-9]{1,3}|3gp)$/;

function sourceOf(device: string, wishes: { width: number; height: number; fps: number }): VideoSource {
  if (device === 'pattern') return { kind: 'pattern', ...wishes };
  if (FILE_NAME.test(device)) return { kind: 'file', path: device };
  return { kind: 'camera', device, ...wishes };
}
