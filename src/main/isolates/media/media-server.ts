import { AV_PIX_FMT_YUV420P } from 'node-av/constants';
import { avImageCopyToBuffer, Codec, type Frame, getFFmpegInfo } from 'node-av/lib';
import { frameBytes } from '../../../shared/node-api/frame.ts';
import { type MappedMemory, openSegment } from '../../store/segment.ts';
import type { SegmentAddress } from '../known-segments.ts';
import { FfmpegFailure } from './ffmpeg-failure.ts';
import type { PlaceInArena, Reply, Request } from './messages.ts';
import { listCameras } from './open-input.ts';
import { type DecodedFrame, VideoDecoder } from './video-decoder.ts';
import { ENCODERS, VideoEncoder } from './video-encoder.ts';

interface Answered {
  readonly reply: Reply;
  readonly payload?: readonly Uint8Array[];
}

/** Does what the engine asks: reads or writes one video at a time, with frames in the arena wherever they can be. */
export class MediaServer {
  readonly #segments = new Map<number, MappedMemory>();
  #decoder: VideoDecoder | null = null;
  #encoder: VideoEncoder | null = null;

  async answer(request: Request, payload: Uint8Array): Promise<Answered> {
    try {
      switch (request.ask) {
        case 'open':
          this.#decoder = await VideoDecoder.open(request.input, request.request);
          return { reply: { did: 'opened', video: this.#decoder.video } };
        case 'frame':
          return await this.#frame(request);
        case 'create':
          this.#encoder = await VideoEncoder.create(request);
          return { reply: { did: 'created' } };
        case 'write':
          this.#write(request, payload);
          return { reply: { did: 'written' } };
        case 'close':
          this.close();
          return { reply: { did: 'closed' } };
        case 'devices':
          return { reply: { did: 'devices', cameras: listCameras() } };
        case 'codecs': {
          const encoders = Object.values(ENCODERS).filter((name) => Codec.findEncoderByName(name) !== null);
          return { reply: { did: 'codecs', ffmpeg: getFFmpegInfo().version, encoders } };
        }
      }
    } catch (error) {
      const why = error instanceof FfmpegFailure ? error.kind : 'other';
      return { reply: { did: 'failed', why, message: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** Completes what is written and forgets what is read. @throws FfmpegFailure */
  close(): void {
    const encoder = this.#encoder;
    const decoder = this.#decoder;
    this.#encoder = null;
    this.#decoder = null;
    decoder?.close();
    encoder?.finish();
  }

  async #frame({ segments, into }: Extract<Request, { ask: 'frame' }>): Promise<Answered> {
    this.#map(segments);
    const decoder = this.#decoder;
    if (decoder === null) throw new Error('No video is open.');
    const frame = await decoder.next();
    const { tally } = decoder;
    if (frame === null) return { reply: { did: 'end', tally } };
    const { index, seconds, duration, colour } = frame;
    const reply = { did: 'frame', index, seconds, duration, colour, tally } as const;
    const bytes = into === null ? Buffer.allocUnsafe(bytesOf(frame)) : this.#placed(into);
    copyPlanes(frame.picture, bytes);
    return into === null ? { reply, payload: [bytes] } : { reply };
  }

  #write(request: Extract<Request, { ask: 'write' }>, payload: Uint8Array): void {
    this.#map(request.segments);
    if (this.#encoder === null) throw new Error('No video is being written.');
    const bytes = request.from === null ? asBuffer(payload) : this.#placed(request.from);
    this.#encoder.write(request, bytes, request.seconds, request.duration);
  }

  #map(addresses: readonly SegmentAddress[]): void {
    for (const { id, location } of addresses) this.#segments.set(id, openSegment(location));
  }

  #placed({ segment, offset, bytes }: PlaceInArena): Buffer {
    const memory = this.#segments.get(segment);
    if (memory === undefined) throw new Error(`Segment ${segment} is not mapped.`);
    return Buffer.from(memory.buffer, memory.start + offset, bytes);
  }
}

function bytesOf({ picture }: DecodedFrame): number {
  return frameBytes(picture.width, picture.height);
}

/** Copies the planes of a frame without the padding of their rows. */
function copyPlanes({ data, linesize, width, height }: Frame, into: Buffer): void {
  if (data === null) throw new Error('A frame without planes was decoded.');
  // The format of JPEG's planes has another name and the same form.
  avImageCopyToBuffer(into, into.length, data, linesize.slice(0, data.length), AV_PIX_FMT_YUV420P, width, height, 1);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
