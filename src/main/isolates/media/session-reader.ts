import { Frame, frameBytes } from '../../../shared/node-api/frame.ts';
import type { ReadTally, VideoReader, VideoSource } from '../../../shared/node-api/media.ts';
import type { VideoDescription } from '../../../shared/node-api/video-description.ts';
import type { Arena } from '../../store/arena.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { lendBytes } from './lent-bytes.ts';
import { readError, unexpected } from './media-errors.ts';
import type { Session } from './session.ts';

export interface SessionReaderOptions {
  readonly arena: Arena;
  readonly session: Session;
  readonly source: VideoSource;
  readonly video: VideoDescription;
  /** When it fires, `read` fails with its reason at once. */
  readonly signal: AbortSignal;
  /** Memory for a frame. @throws E_MEMORY */
  allocate(bytes: number): Uint8Array;
  ended(): void;
}

/** The frames of one video, written by its process into the arena. */
export class SessionReader implements VideoReader {
  readonly video: VideoDescription;
  readonly #options: SessionReaderOptions;
  #tally: ReadTally = { decoded: 0, lost: 0, damaged: 0, resized: 0 };

  constructor(options: SessionReaderOptions) {
    this.video = options.video;
    this.#options = options;
  }

  get tally(): ReadTally {
    return this.#tally;
  }

  async read(): Promise<Frame | null> {
    const { arena, session, source, video, signal, allocate } = this.#options;
    signal.throwIfAborted();
    const { width, height } = video;
    const data = allocate(frameBytes(width, height));
    const lent = lendBytes(arena, data);
    const into = lent.shared?.place ?? null;
    // The process may still write when nobody waits any more; the memory stays its own until it has answered.
    const answered = session.askAbout({ ask: 'frame', into }, lent.shared?.segment ?? null).finally(() => lent.end());
    const { reply, payload } = await unlessAborted(answered, signal);
    if (reply.did === 'failed') throw readError(source, reply);
    if (reply.did !== 'frame' && reply.did !== 'end') throw unexpected('read a video', reply);
    this.#tally = reply.tally;
    if (reply.did === 'end') return null;
    if (into === null) data.set(payload.subarray(0, data.length));
    const { colour, index, seconds, duration } = reply;
    return new Frame({ width, height, colour, index, seconds, duration, video }, data);
  }

  async close(): Promise<void> {
    const { session, ended } = this.#options;
    try {
      await session.ask({ ask: 'close' });
    } catch {
      // The process is gone, and what it read with it; whoever waited for a frame was told.
    }
    await session.end();
    ended();
  }
}
