import { Device, Dictionary, FormatContext, InputFormat } from 'node-av/lib';
import { checked, FfmpegFailure } from './ffmpeg-failure.ts';
import type { Input } from './messages.ts';

/** What FFmpeg is told to open. */
interface Address {
  readonly url: string;
  /** Null: FFmpeg finds out. */
  readonly format: string | null;
  readonly options: Readonly<Record<string, string>>;
}

/** Opens a video and reads what it says of itself. @throws FfmpegFailure */
export async function openInput(input: Input): Promise<FormatContext> {
  const address = addressOf(input);
  try {
    return await openAddress(address);
  } catch (error) {
    if (input.kind !== 'camera') throw error;
    // Some systems refuse a camera whose size or rate is not exactly one of its own; then it chooses.
    return openAddress({ ...address, options: {} });
  }
}

/** Cameras in the system's order. */
export function listCameras(): { name: string; description: string }[] {
  return Device.listSync()
    .filter(({ type }) => type === 'video')
    .map(({ name, description }) => ({ name, description }));
}

async function openAddress({ url, format, options }: Address): Promise<FormatContext> {
  const demuxer = format === null ? null : InputFormat.findInputFormat(format);
  if (format !== null && demuxer === null) throw new FfmpegFailure('other', `FFmpeg has no ${format} here`);
  const context = new FormatContext();
  checked(await context.openInput(url, demuxer, Dictionary.fromObject(options)), `open ${url}`);
  try {
    checked(await context.findStreamInfo(), `read ${url}`);
    return context;
  } catch (error) {
    context.closeInputSync();
    throw error;
  }
}

function addressOf(input: Input): Address {
  switch (input.kind) {
    case 'file':
      // A playlist or another file of references must not lead to the network: graph files are not trusted.
      return { url: `file:${input.path}`, format: null, options: { protocol_whitelist: 'file,crypto,data' } };
    case 'pattern': {
      const { width, height, fps } = input;
      return { url: `testsrc=size=${width}x${height}:rate=${fps}`, format: 'lavfi', options: {} };
    }
    case 'camera': {
      const { width, height, fps } = input;
      const options = {
        ...(width === undefined || height === undefined ? {} : { video_size: `${width}x${height}` }),
        ...(fps === undefined ? {} : { framerate: String(fps) }),
      };
      return { url: cameraUrl(input.device), format: Device.getVideoFormat(), options };
    }
  }
}

function cameraUrl(device: string): string {
  const cameras = listCameras();
  const found = /^\d+$/.test(device)
    ? cameras[Number(device)]
    : cameras.find(({ name, description }) => name === device || description === device);
  // A camera that is not listed may still be there: the system's own name for it is tried.
  const name = found?.name ?? (process.platform === 'linux' && /^\d+$/.test(device) ? `/dev/video${device}` : device);
  return process.platform === 'win32' ? `video=${name}` : name;
}
