import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational, type Stream } from 'node-av/lib';
import type { Planes } from './planes.ts';

/** H.264 as `video/write` has it by default, with the same encoder, preset and rate factor, on this thread alone. */
export class HandEncoder {
  readonly #context = new FormatContext();
  readonly #codec = new CodecContext();
  readonly #packet = new Packet();
  readonly #stream: Stream;
  #frames = 0n;

  constructor(path: string, width: number, height: number, fps: number) {
    this.#context.allocOutputContext2(null, 'mp4', path);
    const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
    this.#codec.allocContext3(codec);
    this.#codec.width = width;
    this.#codec.height = height;
    this.#codec.pixelFormat = AV_PIX_FMT_YUV420P;
    this.#codec.timeBase = new Rational(1, fps);
    this.#codec.framerate = new Rational(fps, 1);
    this.#codec.threadCount = 1;
    this.#codec.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    for (const [name, value] of Object.entries({ preset: 'veryfast', bf: '0', crf: '23' })) {
      this.#codec.setOption(name, value);
    }
    if (this.#codec.open2Sync(codec) < 0) throw new Error('The encoder does not open.');
    this.#stream = this.#context.newStream(null);
    this.#stream.codecpar.fromContext(this.#codec);
    this.#stream.timeBase = this.#codec.timeBase;
    this.#packet.alloc();
    this.#context.openOutputSync();
    this.#context.writeHeaderSync();
  }

  write({ width, height, data }: Planes): void {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
    const frame = Frame.fromVideoBuffer(bytes, { width, height, format: AV_PIX_FMT_YUV420P });
    frame.pts = this.#frames++;
    this.#encode(frame);
    frame.free();
  }

  finish(): void {
    this.#encode(null);
    this.#context.writeTrailerSync();
    this.#context.closeOutputSync();
    this.#codec.freeContext();
    this.#packet.free();
    this.#context.freeContext();
  }

  #encode(frame: Frame | null): void {
    this.#codec.sendFrameSync(frame);
    while (this.#codec.receivePacketSync(this.#packet) >= 0) {
      this.#packet.rescaleTs(this.#codec.timeBase, this.#stream.timeBase);
      this.#packet.streamIndex = this.#stream.index;
      this.#context.interleavedWriteFrameSync(this.#packet);
    }
  }
}
