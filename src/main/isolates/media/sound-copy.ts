import { AV_NOPTS_VALUE, AVMEDIA_TYPE_AUDIO, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type FormatContext, Packet, type Stream } from 'node-av/lib';
import { checked, FfmpegFailure } from './ffmpeg-failure.ts';
import { openInput } from './open-input.ts';

/** The sound of one file on its way into another, as it is. */
export class SoundCopy {
  readonly #input: FormatContext;
  readonly #from: Stream;
  readonly #to: Stream;
  readonly #packet = new Packet();
  /** In the input's ticks: what becomes the beginning. */
  readonly #zero: number;
  #held = false;

  /** Adds a stream for it to `output`, before its header is written. @throws FfmpegFailure */
  static async open(output: FormatContext, path: string, from: number): Promise<SoundCopy> {
    const input = await openInput({ kind: 'file', path });
    try {
      const index = input.findBestStream(AVMEDIA_TYPE_AUDIO);
      if (index < 0) throw new FfmpegFailure('sound', `${path} has no sound`);
      return new SoundCopy(input, input.streams[index], output, from);
    } catch (error) {
      input.closeInputSync();
      throw error;
    }
  }

  private constructor(input: FormatContext, stream: Stream, output: FormatContext, from: number) {
    this.#input = input;
    this.#from = stream;
    const beginning = input.startTime === AV_NOPTS_VALUE ? 0 : Number(input.startTime) / 1e6;
    this.#zero = Math.round(((beginning + from) * stream.timeBase.den) / stream.timeBase.num);
    this.#to = output.newStream(null);
    checked(stream.codecpar.copy(this.#to.codecpar), 'copy the sound');
    // A tag belongs to a container; the muxer finds its own.
    this.#to.codecpar.codecTag = 0;
    this.#to.timeBase = stream.timeBase;
    this.#packet.alloc();
    if (from > 0) input.seekFrameSync(stream.index, BigInt(this.#zero), AVSEEK_FLAG_BACKWARD);
  }

  /** Copies what sounds before `seconds`, counted from the beginning of the output. @throws FfmpegFailure */
  copyUntil(output: FormatContext, seconds: number): void {
    const { num, den } = this.#from.timeBase;
    while (this.#held || this.#read()) {
      const ticks = Number(this.#packet.pts) - this.#zero;
      this.#held = (ticks * num) / den >= seconds;
      if (this.#held) return;
      if (ticks >= 0) this.#write(output);
      this.#packet.unref();
    }
  }

  close(): void {
    this.#packet.free();
    this.#input.closeInputSync();
  }

  /** False when there is no more sound, or none that can be read. */
  #read(): boolean {
    while (this.#input.readFrameSync(this.#packet) >= 0) {
      if (this.#packet.streamIndex === this.#from.index && this.#packet.pts !== AV_NOPTS_VALUE) return true;
      this.#packet.unref();
    }
    return false;
  }

  #write(output: FormatContext): void {
    this.#packet.pts -= BigInt(this.#zero);
    this.#packet.dts = this.#packet.pts;
    this.#packet.rescaleTs(this.#from.timeBase, this.#to.timeBase);
    this.#packet.streamIndex = this.#to.index;
    checked(output.interleavedWriteFrameSync(this.#packet), 'write the sound');
  }
}
