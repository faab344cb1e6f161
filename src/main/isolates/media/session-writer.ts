import { mkdir } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { Frame } from '../../../shared/node-api/frame.ts';
import type { Image } from '../../../shared/node-api/image.ts';
import type { VideoWriter, WriteRequest } from '../../../shared/node-api/media.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { FrameColour } from '../../../shared/node-api/yuv.ts';
import type { Arena } from '../../store/arena.ts';
import { lendBytes } from './lent-bytes.ts';
import { unexpected, writeError } from './media-errors.ts';
import type { NewVideo, Pixels } from './messages.ts';
import type { Session } from './session.ts';

/** By the end of a file's name: what FFmpeg makes of it. */
const CONTAINERS: Readonly<Record<string, Pick<NewVideo, 'container' | 'encoder'>>> = {
  '.mp4': { container: 'mp4', encoder: 'libx264' },
  '.m4v': { container: 'mp4', encoder: 'libx264' },
  '.mkv': { container: 'matroska', encoder: 'libx264' },
  '.webm': { container: 'webm', encoder: 'libvpx-vp9' },
};

/** RGB has no matrix of its own; this one says only that all of 0–255 is used. */
const RGB: FrameColour = { matrix: 'bt709', full: true };

export interface SessionWriterOptions extends WriteRequest {
  readonly arena: Arena;
  /** Starts a process for the file. */
  begin(): Session;
  readonly path: string;
  fileIs(state: 'begun' | 'complete'): void;
  ended(): void;
}

/** One video file, written by its process. The file and the process are there from the first picture on. */
export class SessionWriter implements VideoWriter {
  readonly #options: SessionWriterOptions;
  readonly #form: Pick<NewVideo, 'container' | 'encoder'>;
  #session: Session | null = null;
  /** Where the next picture begins that has no time of its own, in seconds. */
  #next = 0;

  /** @throws E_VALUE for a name that says nothing of the form */
  constructor(options: SessionWriterOptions) {
    this.#options = options;
    this.#form = formOf(options.path);
  }

  async write(picture: Frame | Image, at?: Frame): Promise<void> {
    const timed = picture instanceof Frame ? picture : at;
    const duration = timed?.duration ?? 1 / this.#options.fps;
    const seconds = timed?.seconds ?? this.#next;
    this.#next = seconds + duration;
    const { pixels, bytes } = pixelsOf(picture);
    this.#session ??= await this.#create(pixels, timed);
    await this.#send(this.#session, pixels, bytes, { seconds, duration });
  }

  async finish(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    if (session === null) return;
    try {
      const { reply } = await session.ask({ ask: 'close' });
      if (reply.did === 'failed') throw writeError(this.#options.path, reply);
      this.#options.fileIs('complete');
    } finally {
      await session.end();
      this.#options.ended();
    }
  }

  async #create({ format, width, height, colour }: Pixels, timed: Frame | undefined): Promise<Session> {
    const { path, quality, fps, audio, begin, fileIs, ended } = this.#options;
    if (width < 2 || height < 2) {
      throw new WeftError('E_VALUE', `A video cannot have pictures of ${width}×${height}: enlarge them first.`, {
        pin: 'image',
      });
    }
    await makeFolder(path);
    const session = begin();
    const video = timed?.video;
    try {
      const { reply } = await session.ask({
        ask: 'create',
        path,
        ...this.#form,
        quality,
        width,
        height,
        // Pictures in RGB are written as players expect of a video that does not say.
        colour: format === 'yuv420p' ? colour : { matrix: height >= 720 ? 'bt709' : 'bt601', full: false },
        fps: video?.fps ?? fps,
        sound:
          audio && timed !== undefined && video?.audio && video.path !== null
            ? { path: video.path, from: timed.seconds }
            : null,
      });
      if (reply.did !== 'created') {
        throw reply.did === 'failed' ? writeError(path, reply) : unexpected('wrote a video', reply);
      }
      fileIs('begun');
      return session;
    } catch (error) {
      await session.end();
      ended();
      throw error;
    }
  }

  async #send(
    session: Session,
    pixels: Pixels,
    bytes: Uint8Array,
    time: { seconds: number; duration: number },
  ): Promise<void> {
    const { arena, path } = this.#options;
    const { shared, end } = lendBytes(arena, bytes);
    try {
      const request = { ask: 'write', from: shared?.place ?? null, ...pixels, ...time } as const;
      const { reply } = await session.askAbout(request, shared?.segment ?? null, shared === null ? [bytes] : []);
      if (reply.did === 'failed') throw writeError(path, reply);
      if (reply.did !== 'written') throw unexpected('wrote a video', reply);
    } finally {
      end();
    }
  }
}

function formOf(path: string): Pick<NewVideo, 'container' | 'encoder'> {
  const extension = extname(path).toLowerCase();
  const form = CONTAINERS[extension];
  if (form !== undefined) return form;
  const known = new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.keys(CONTAINERS));
  throw new WeftError('E_VALUE', `${JSON.stringify(extension)} is not the extension of a video: use ${known}.`, {
    pin: 'path',
  });
}

function pixelsOf(picture: Frame | Image): { pixels: Pixels; bytes: Uint8Array } {
  const { width, height } = picture;
  if (picture instanceof Frame) {
    return { pixels: { format: 'yuv420p', width, height, colour: picture.colour }, bytes: picture.data };
  }
  const format = ({ 1: 'gray', 3: 'rgb24', 4: 'rgba' } as const)[picture.channels];
  return { pixels: { format, width, height, colour: RGB }, bytes: eightBits(picture) };
}

function eightBits(image: Image): Uint8Array {
  if (image.is('u8')) return image.data;
  const scale = image.is('u16') ? 1 / 257 : 255;
  return Uint8Array.from(image.data, (sample) => Math.min(Math.max(sample * scale, 0), 255) + 0.5);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw new WeftError('E_FILE_WRITE', `The folder of ${path} could not be made: check the path and its rights.`, {
      cause,
    });
  }
}
