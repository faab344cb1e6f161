import type {
  Camera,
  ReadRequest,
  VideoReader,
  VideoSource,
  VideoWriter,
  WriteRequest,
} from '../../../shared/node-api/media.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { Arena } from '../../store/arena.ts';
import { IsolateListener } from '../listener.ts';
import { Pool, type PoolStats } from '../pool.ts';
import type { IsolateSpawner } from '../spawn.ts';
import { deathError, nameOf, readError, unexpected } from './media-errors.ts';
import { Session, type SessionOwner } from './session.ts';
import { SessionReader } from './session-reader.ts';
import { SessionWriter } from './session-writer.ts';

/** Whom a video is opened for. */
export interface VideoCall extends SessionOwner {
  /** When it fires, what is under way fails with its reason at once. A file being written is completed nevertheless. */
  readonly signal: AbortSignal;
  /** @throws E_MEMORY */
  allocate(bytes: number): Uint8Array;
  /** A file that is written: the path was taken, or all of it is there. */
  fileIs(state: 'begun' | 'complete', path: string): void;
}

/** More videos than this are never open at once; a graph that wants more would wait for ever. */
const MOST_OPEN = 64;

/** Reads and writes videos, each in a process of its own: a video that kills its process costs its node, nothing else. */
export class Videos {
  readonly #arena: Arena;
  readonly #pool: Pool;
  readonly #open = new Set<Session>();
  /** Paths that are being read, one entry for each reader. */
  readonly #reading: string[] = [];
  readonly #writing = new Set<string>();
  #listener: Promise<IsolateListener> | null = null;

  constructor({ arena, spawner }: { readonly arena: Arena; readonly spawner: IsolateSpawner }) {
    this.#arena = arena;
    const listen = () => {
      this.#listener ??= IsolateListener.open();
      return this.#listener;
    };
    this.#pool = new Pool({ spawner, listen, kind: 'media', niceness: 0 }, MOST_OPEN);
  }

  /** See `Media.open`. */
  async open(source: VideoSource, request: ReadRequest, call: VideoCall): Promise<VideoReader> {
    const session = this.#session(call, `read ${nameOf(source)}`);
    const path = source.kind === 'file' ? source.path : null;
    const ended = () => this.#open.delete(session);
    try {
      const { reply } = await session.ask({ ask: 'open', input: source, request });
      if (reply.did === 'failed') throw readError(source, reply);
      if (reply.did !== 'opened') throw unexpected('read a video', reply);
      if (path !== null) this.#reading.push(path);
      return new SessionReader({
        arena: this.#arena,
        session,
        source,
        video: { ...reply.video, path },
        signal: call.signal,
        allocate: call.allocate,
        ended: () => {
          ended();
          if (path !== null) this.#reading.splice(this.#reading.indexOf(path), 1);
        },
      });
    } catch (error) {
      await session.end();
      ended();
      throw error;
    }
  }

  /** See `Media.create`. */
  create(path: string, request: WriteRequest, call: VideoCall): VideoWriter {
    if (this.#reading.includes(path) || this.#writing.has(path)) {
      throw new WeftError('E_FILE_WRITE', `${path} is being read or written just now: write to another file.`, {
        pin: 'path',
      });
    }
    let session: Session | null = null;
    return new SessionWriter({
      ...request,
      arena: this.#arena,
      path,
      begin: () => {
        session = this.#session(call, `wrote ${path}`);
        this.#writing.add(path);
        return session;
      },
      fileIs: (state) => call.fileIs(state, path),
      ended: () => {
        if (session !== null) this.#open.delete(session);
        this.#writing.delete(path);
      },
    });
  }

  async cameras(): Promise<readonly Camera[]> {
    const reply = await this.#once('devices');
    if (reply.did !== 'devices') throw unexpected('listed cameras', reply);
    return reply.cameras.map((camera, index) => ({ index, ...camera }));
  }

  /** FFmpeg's version, and what it encodes with. */
  async codecs(): Promise<{ readonly ffmpeg: string; readonly encoders: readonly string[] }> {
    const reply = await this.#once('codecs');
    if (reply.did !== 'codecs') throw unexpected('listed codecs', reply);
    return reply;
  }

  /** Ends the processes that still work for a run; files that they write are completed by them. */
  giveUp(runId: string): void {
    for (const session of this.#open) if (session.runId === runId) void session.giveUp();
  }

  stats(): PoolStats {
    return this.#pool.stats();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((session) => session.giveUp()));
    await this.#pool.close();
    await (await this.#listener)?.close();
  }

  #session(owner: SessionOwner, doing: string): Session {
    const session = new Session(this.#pool, owner, (exit) => deathError(doing, exit));
    this.#open.add(session);
    return session;
  }

  async #once(ask: 'devices' | 'codecs') {
    const session = this.#session({ runId: '' }, 'looked at this machine');
    try {
      return (await session.ask({ ask })).reply;
    } finally {
      await session.end();
      this.#open.delete(session);
    }
  }
}
