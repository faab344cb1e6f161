import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  AV_CODEC_FLAG_FRAME_DURATION,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  type AVPixelFormat,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational, type Stream } from 'node-av/lib';
import type { VideoQuality } from '../../../shared/node-api/media.ts';
import { checked, FfmpegFailure } from './ffmpeg-failure.ts';
import type { NewVideo, Pixels } from './messages.ts';
import { PictureFilter, SPACES, setColour } from './picture-filter.ts';
import { SoundCopy } from './sound-copy.ts';

/** Ticks a second: every usual rate is a whole number of them (MPEG's own clock). */
const CLOCK = 90_000;

/**
 * An MP4 file is written in fragments, each playable when it is there, and becomes a usual one when it is completed.
 * Matroska and WebM are so by nature; both pass on what they have at once.
 */
const MUXER_OPTIONS: Readonly<Record<NewVideo['container'], Readonly<Record<string, string>>>> = {
  mp4: { movflags: '+hybrid_fragmented', frag_duration: '500000', flush_packets: '1' },
  webm: { cluster_time_limit: '500', flush_packets: '1' },
  matroska: { cluster_time_limit: '500', flush_packets: '1' },
};

/** Constant rate factor: what the eye sees stays the same, whatever that takes. */
const RATE_FACTORS: Readonly<Record<NewVideo['encoder'], Readonly<Record<VideoQuality, number>>>> = {
  libx264: { small: 28, medium: 23, high: 18 },
  'libvpx-vp9': { small: 38, medium: 32, high: 24 },
};

const ENCODER_OPTIONS: Readonly<Record<NewVideo['encoder'], Readonly<Record<string, string>>>> = {
  // Without frames that refer to later ones: those make the muxer cut the end off files of a variable rate, and hold back
  // what a file that breaks off could still have.
  libx264: { preset: 'veryfast', bf: '0' },
  // A bit rate of 0 leaves the size to the rate factor.
  'libvpx-vp9': { deadline: 'realtime', 'cpu-used': '6', 'row-mt': '1', b: '0' },
};

export const ENCODERS = { libx264: FF_ENCODER_LIBX264, 'libvpx-vp9': FF_ENCODER_LIBVPX_VP9 } as const;

const FORMATS: Readonly<Record<Pixels['format'], AVPixelFormat>> = {
  yuv420p: AV_PIX_FMT_YUV420P,
  rgb24: AV_PIX_FMT_RGB24,
  rgba: AV_PIX_FMT_RGBA,
  gray: AV_PIX_FMT_GRAY8,
};

/** One video file while it is written. */
export class VideoEncoder {
  readonly #path: string;
  readonly #context = new FormatContext();
  readonly #codec = new CodecContext();
  readonly #packet = new Packet();
  readonly #filter: PictureFilter;
  readonly #stream: Stream;
  #sound: SoundCopy | null = null;
  /** Time of the first picture, in seconds: it becomes the beginning. */
  #zero: number | null = null;
  #lastTick = -1;
  #endSeconds = 0;

  /** @throws FfmpegFailure */
  static async create(video: NewVideo): Promise<VideoEncoder> {
    const encoder = new VideoEncoder(video);
    try {
      if (video.sound !== null) {
        encoder.#sound = await SoundCopy.open(encoder.#context, video.sound.path, video.sound.from);
      }
      encoder.#begin(video);
      return encoder;
    } catch (error) {
      encoder.#free();
      throw error;
    }
  }

  private constructor(video: NewVideo) {
    this.#path = video.path;
    const url = `file:${video.path}`;
    checked(this.#context.allocOutputContext2(null, video.container, url), `create ${video.path}`);
    const codec = Codec.findEncoderByName(ENCODERS[video.encoder]);
    if (codec === null) throw new FfmpegFailure('other', `FFmpeg here has no ${video.encoder}`);
    const { width, height } = evenSize(video);
    this.#filter = new PictureFilter({ scaledWidth: width, scaledHeight: height, turns: [], colour: video.colour });
    this.#codec.allocContext3(codec);
    this.#codec.width = width;
    this.#codec.height = height;
    this.#codec.pixelFormat = AV_PIX_FMT_YUV420P;
    this.#codec.timeBase = new Rational(1, CLOCK);
    this.#codec.framerate = new Rational(Math.round(video.fps * 1000), 1000);
    this.#codec.colorSpace = SPACES[video.colour.matrix];
    this.#codec.colorRange = video.colour.full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    this.#codec.threadCount = Math.min(4, availableParallelism());
    this.#codec.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_FRAME_DURATION);
    // As options of the object: node-av 6.1 frees a dictionary of options a second time when it is collected.
    for (const [name, value] of Object.entries(ENCODER_OPTIONS[video.encoder])) this.#codec.setOption(name, value);
    this.#codec.setOption('crf', String(RATE_FACTORS[video.encoder][video.quality]));
    checked(this.#codec.open2Sync(codec), `set up ${video.encoder}`);
    this.#stream = this.#context.newStream(null);
    checked(this.#stream.codecpar.fromContext(this.#codec), `set up ${video.encoder}`);
    this.#stream.timeBase = this.#codec.timeBase;
    this.#stream.avgFrameRate = this.#codec.framerate;
    this.#packet.alloc();
  }

  /** `seconds` on any clock that does not go back. @throws FfmpegFailure */
  write({ format, width, height, colour }: Pixels, bytes: Buffer, seconds: number, duration: number): void {
    this.#zero ??= seconds;
    const begin = seconds - this.#zero;
    this.#lastTick = Math.max(this.#lastTick + 1, Math.round(begin * CLOCK));
    this.#endSeconds = begin + duration;
    const picture = Frame.fromVideoBuffer(bytes, { width, height, format: FORMATS[format] });
    try {
      setColour(picture, colour);
      const frame = this.#filter.apply(picture);
      frame.pts = BigInt(this.#lastTick);
      frame.duration = BigInt(Math.round(duration * CLOCK));
      frame.pictType = AV_PICTURE_TYPE_NONE;
      this.#encode(frame);
    } finally {
      picture.free();
    }
    this.#sound?.copyUntil(this.#context, begin);
  }

  /** Completes the file; one without a picture plays nowhere, so it goes. @throws FfmpegFailure */
  finish(): void {
    if (this.#zero === null) {
      this.#discard();
      return;
    }
    try {
      this.#encode(null);
      this.#sound?.copyUntil(this.#context, this.#endSeconds);
      checked(this.#context.writeTrailerSync(), 'complete the file');
    } finally {
      this.#context.closeOutputSync();
      this.#free();
    }
  }

  #begin(video: NewVideo): void {
    checked(this.#context.openOutputSync(), `create ${video.path}`);
    for (const [name, value] of Object.entries(MUXER_OPTIONS[video.container])) this.#context.setOption(name, value);
    const begun = this.#context.writeHeaderSync();
    if (begun >= 0) return;
    this.#context.closeOutputSync();
    rmSync(this.#path);
    checked(begun, 'begin the file', this.#sound === null ? 'other' : 'sound');
  }

  #discard(): void {
    this.#context.closeOutputSync();
    this.#free();
    rmSync(this.#path);
  }

  #free(): void {
    this.#sound?.close();
    this.#filter.close();
    this.#codec.freeContext();
    this.#packet.free();
    this.#context.freeContext();
  }

  /** Null: there are no more. */
  #encode(frame: Frame | null): void {
    checked(this.#codec.sendFrameSync(frame), 'encode a picture');
    while (this.#codec.receivePacketSync(this.#packet) >= 0) {
      this.#packet.rescaleTs(this.#codec.timeBase, this.#stream.timeBase);
      this.#packet.streamIndex = this.#stream.index;
      checked(this.#context.interleavedWriteFrameSync(this.#packet), 'write the file');
    }
  }
}

/** Colour has half the size of light, so pictures of an odd size are scaled to the even one below. */
function evenSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width: width & ~1, height: height & ~1 };
}
