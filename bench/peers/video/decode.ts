import { AVERROR_EAGAIN, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet } from 'node-av/lib';
import type { Planes } from './planes.ts';

/** A loop around FFmpeg's decoder, as short as it can be, on this thread alone. */
export class HandDecoder {
  readonly #context = new FormatContext();
  readonly #codec = new CodecContext();
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  #stream = 0;

  static async open(path: string): Promise<HandDecoder> {
    const decoder = new HandDecoder();
    const context = decoder.#context;
    if ((await context.openInput(path, null, null)) < 0) throw new Error(`${path} does not open.`);
    await context.findStreamInfo();
    decoder.#stream = context.findBestStream(AVMEDIA_TYPE_VIDEO);
    const { codecpar } = context.streams[decoder.#stream];
    const codec = Codec.findDecoder(codecpar.codecId);
    decoder.#codec.allocContext3(codec);
    decoder.#codec.parametersToContext(codecpar);
    decoder.#codec.threadCount = 1;
    if (decoder.#codec.open2Sync(codec) < 0) throw new Error('The decoder does not open.');
    decoder.#packet.alloc();
    decoder.#frame.alloc();
    return decoder;
  }

  /** The next frame, in memory of its own; null after the last. */
  next(): Planes | null {
    for (;;) {
      const got = this.#codec.receiveFrameSync(this.#frame);
      if (got >= 0) return copied(this.#frame);
      if (got !== AVERROR_EAGAIN) return null;
      this.#codec.sendPacketSync(this.#read() ? this.#packet : null);
      this.#packet.unref();
    }
  }

  close(): void {
    this.#codec.freeContext();
    this.#packet.free();
    this.#frame.free();
    this.#context.closeInputSync();
  }

  #read(): boolean {
    while (this.#context.readFrameSync(this.#packet) >= 0) {
      if (this.#packet.streamIndex === this.#stream) return true;
      this.#packet.unref();
    }
    return false;
  }
}

function copied({ width, height, data, linesize }: Frame): Planes {
  if (data === null) throw new Error('A frame has no planes.');
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const planes = new Uint8Array(width * height + 2 * halfWidth * halfHeight);
  let at = 0;
  for (const [plane, [columns, rows]] of [
    [width, height],
    [halfWidth, halfHeight],
    [halfWidth, halfHeight],
  ].entries()) {
    for (let row = 0; row < rows; row++, at += columns) {
      planes.set(data[plane].subarray(row * linesize[plane], row * linesize[plane] + columns), at);
    }
  }
  return { width, height, data: planes };
}
