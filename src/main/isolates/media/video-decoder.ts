import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AV_FRAME_FLAG_CORRUPT,
  AV_NOPTS_VALUE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { avGetCodecName, Codec, CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib';
import type { ReadRequest, ReadTally } from '../../../shared/node-api/media.ts';
import type { VideoDescription } from '../../../shared/node-api/video-description.ts';
import type { FrameColour } from '../../../shared/node-api/yuv.ts';
import { checked, FfmpegFailure } from './ffmpeg-failure.ts';
import { type Geometry, geometryOf } from './geometry.ts';
import type { Input } from './messages.ts';
import { openInput } from './open-input.ts';
import { colourOf, PictureFilter } from './picture-filter.ts';

/** A frame as it comes from the decoder. */
export interface DecodedFrame {
  /** Planar YUV 4:2:0; good until the next frame is asked for. */
  readonly picture: Frame;
  readonly colour: FrameColour;
  readonly index: number;
  readonly seconds: number;
  readonly duration: number;
}

/** More pieces in a row than this that cannot be read, or decoded, end a video. */
const MOST_UNREADABLE = 100;
/** Time between two looks at a device that has nothing yet, ms. */
const DEVICE_WAIT = 2;
/** A frame is shown from its time on; times in seconds are rounded. */
const ROUNDING = 1e-6;
/** More pixels than any camera or film has: a forged header must not take all memory. */
const MOST_PIXELS = 16384 * 16384;

/** The frames of one video, one after the other. */
export class VideoDecoder {
  readonly video: Omit<VideoDescription, 'path'>;
  readonly #context: FormatContext;
  readonly #stream: Stream;
  readonly #codec = new CodecContext();
  readonly #packet = new Packet();
  readonly #decoded = new Frame();
  readonly #filter: PictureFilter;
  readonly #request: ReadRequest;
  /** A device, or something played like one: frames come when they come. */
  readonly #live: boolean;
  /** Whether frames wait for their time. */
  readonly #paced: boolean;
  readonly #tally = { decoded: 0, lost: 0, damaged: 0, resized: 0 };
  readonly #secondsPerTick: number;
  /** Time of what the video calls its beginning, in seconds. */
  readonly #beginning: number;
  #firstSize: string | null = null;
  /** Times of the last frame, and what is added to those of the file, in seconds. */
  #last = { seconds: Number.NEGATIVE_INFINITY, end: 0 };
  #shift = 0;
  /** When the first frame was given, ms of the monotonic clock. */
  #startedAt: number | null = null;

  /** @throws FfmpegFailure */
  static async open(input: Input, request: ReadRequest): Promise<VideoDecoder> {
    const context = await openInput(input);
    try {
      const index = context.findBestStream(AVMEDIA_TYPE_VIDEO);
      if (index < 0) throw new FfmpegFailure('other', 'it has no pictures');
      return new VideoDecoder(context, context.streams[index], input, request);
    } catch (error) {
      context.closeInputSync();
      throw error;
    }
  }

  private constructor(context: FormatContext, stream: Stream, input: Input, request: ReadRequest) {
    const { codecpar } = stream;
    const codec = Codec.findDecoder(codecpar.codecId);
    const name = avGetCodecName(codecpar.codecId) ?? 'unknown';
    if (codec === null) throw new FfmpegFailure('other', `FFmpeg here has no decoder for ${name}`);
    if (codecpar.width < 1 || codecpar.height < 1 || codecpar.width * codecpar.height > MOST_PIXELS) {
      throw new FfmpegFailure('other', `its header promises pictures of ${codecpar.width}×${codecpar.height}`);
    }
    this.#context = context;
    this.#stream = stream;
    this.#request = request;
    this.#live = input.kind === 'camera';
    this.#paced = input.kind === 'pattern' || (input.kind === 'file' && request.live === true);
    this.#secondsPerTick = stream.timeBase.num / stream.timeBase.den;
    this.#beginning = context.startTime === AV_NOPTS_VALUE ? 0 : Number(context.startTime) / 1e6;
    const geometry = geometryOf(stream, request);
    this.video = describe(context, stream, name, geometry);
    this.#filter = new PictureFilter({ ...geometry, colour: null });

    this.#codec.allocContext3(codec);
    checked(this.#codec.parametersToContext(codecpar), `set up ${name}`);
    this.#codec.pktTimebase = stream.timeBase;
    // Threads that work on several frames hold as many back: a camera's would be late.
    this.#codec.threadCount = this.#live || this.#paced ? 1 : Math.min(4, availableParallelism());
    checked(this.#codec.open2Sync(codec), `set up ${name}`);
    this.#packet.alloc();
    this.#decoded.alloc();
    if (request.from !== undefined) this.#seek(request.from);
  }

  get tally(): ReadTally {
    return { ...this.#tally };
  }

  /** Null after the last. @throws FfmpegFailure */
  async next(): Promise<DecodedFrame | null> {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, step = 1 } = this.#request;
    while (await this.#decode()) {
      const { seconds, duration } = this.#timeOf(this.#decoded);
      if (seconds + duration <= from + ROUNDING) continue;
      if (seconds >= to - ROUNDING) return null;
      const index = this.#tally.decoded++;
      this.#look(this.#decoded);
      if (index % step !== 0) continue;
      if (this.#paced) await this.#until(seconds);
      const picture = this.#filter.apply(this.#decoded);
      return { picture, colour: colourOf(picture), index, seconds, duration };
    }
    return null;
  }

  close(): void {
    this.#filter.close();
    this.#codec.freeContext();
    this.#packet.free();
    this.#decoded.free();
    this.#context.closeInputSync();
  }

  /** Begins at the last frame before `seconds` that needs no other. Where a file cannot do so, it is read from its start. */
  #seek(seconds: number): void {
    const ticks = BigInt(Math.round((seconds + this.#beginning) / this.#secondsPerTick));
    this.#context.seekFrameSync(this.#stream.index, ticks, AVSEEK_FLAG_BACKWARD);
  }

  /** False when there is no further frame. */
  async #decode(): Promise<boolean> {
    for (let undecodable = 0; undecodable < MOST_UNREADABLE; ) {
      const got = this.#codec.receiveFrameSync(this.#decoded);
      if (got >= 0) return true;
      if (got === AVERROR_EOF) return false;
      if (got !== AVERROR_EAGAIN) {
        // What failed was one of several packets in work; the others may still give their frames.
        undecodable++;
        this.#tally.lost++;
        continue;
      }
      const fed = this.#codec.sendPacketSync((await this.#read()) ? this.#packet : null);
      this.#packet.unref();
      if (fed < 0) this.#tally.lost++;
    }
    return false;
  }

  /** The next packet of the stream; false at the end. */
  async #read(): Promise<boolean> {
    for (let unreadable = 0; unreadable < MOST_UNREADABLE; ) {
      // A device may keep its caller waiting; meanwhile this process must hear that it is no longer needed.
      const result = this.#live
        ? await this.#context.readFrame(this.#packet)
        : this.#context.readFrameSync(this.#packet);
      if (result >= 0) {
        if (this.#packet.streamIndex === this.#stream.index) return true;
        this.#packet.unref();
      } else if (result === AVERROR_EOF) {
        return false;
      } else if (result === AVERROR_EAGAIN) {
        await wait(DEVICE_WAIT);
      } else {
        if (this.#live) checked(result, 'read the camera');
        unreadable++;
        this.#tally.lost++;
      }
    }
    return false;
  }

  #timeOf({ bestEffortTimestamp, duration }: Frame): { seconds: number; duration: number } {
    const shown = duration > 0n ? Number(duration) * this.#secondsPerTick : 1 / (this.video.fps ?? 25);
    const { seconds: last, end: due } = this.#last;
    let seconds = due;
    if (bestEffortTimestamp !== AV_NOPTS_VALUE) {
      seconds = Number(bestEffortTimestamp) * this.#secondsPerTick - this.#beginning + this.#shift;
    }
    // A file that was put together from several begins its times anew.
    if (seconds < last) {
      this.#shift += due - seconds;
      seconds = due;
    }
    this.#last = { seconds, end: seconds + shown };
    return { seconds, duration: shown };
  }

  #look(frame: Frame): void {
    if (frame.decodeErrorFlags !== 0 || frame.hasFlags(AV_FRAME_FLAG_CORRUPT)) this.#tally.damaged++;
    const size = `${frame.width}×${frame.height}`;
    this.#firstSize ??= size;
    if (size !== this.#firstSize) this.#tally.resized++;
  }

  /** Waits until a frame that is shown `seconds` after the first is due. */
  async #until(seconds: number): Promise<void> {
    this.#startedAt ??= performance.now() - seconds * 1000;
    const ms = this.#startedAt + seconds * 1000 - performance.now();
    if (ms > 0) await wait(ms);
  }
}

function describe(
  context: FormatContext,
  stream: Stream,
  codec: string,
  { width, height, rotation }: Geometry,
): Omit<VideoDescription, 'path'> {
  const { num, den } = stream.avgFrameRate;
  const sound = context.findBestStream(AVMEDIA_TYPE_AUDIO);
  return {
    container: context.iformat?.name ?? 'unknown',
    codec,
    width,
    height,
    fps: num > 0 && den > 0 ? num / den : null,
    frames: stream.nbFrames > 0n ? Number(stream.nbFrames) : null,
    seconds: context.duration > 0n ? Number(context.duration) / 1e6 : null,
    rotation,
    audio: sound < 0 ? null : avGetCodecName(context.streams[sound].codecpar.codecId),
  };
}
