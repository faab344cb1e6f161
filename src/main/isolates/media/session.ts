import type { Segment } from '../../store/segment.ts';
import { type Answer, type Isolate, IsolateEnded } from '../isolate.ts';
import { KnownSegments } from '../known-segments.ts';
import type { OnWork } from '../on-work.ts';
import type { Pool } from '../pool.ts';
import type { Exit } from '../spawn.ts';
import { type Reply, type Request, replySchema } from './messages.ts';

/** What a process of the pool has been told, whichever session it served then. */
const known = new WeakMap<Isolate, KnownSegments>();

/** A session ends by itself: nobody but its owner may cut a file off that is being written. */
const NEVER = new AbortController().signal;

/** A request that names memory; the segments it names are introduced where the process does not know them yet. */
type WithSegments = Extract<Request, { readonly segments: unknown }>;
type Unaddressed<R> = R extends unknown ? Omit<R, 'segments'> : never;

/** Whom a session is for. */
export interface SessionOwner {
  readonly runId: string;
  readonly onWork?: OnWork;
}

/** One process of the pool at work on one video, from the first request to `end`. */
export class Session {
  readonly runId: string;
  readonly #onWork: OnWork | undefined;
  readonly #isolate: Promise<Isolate>;
  readonly #ended = Promise.withResolvers<void>();
  /** Settles when the pool has the process back, or it is gone. */
  readonly #returned: Promise<void>;
  readonly #died: (exit: Exit) => Error;
  #last: Promise<unknown> = Promise.resolve();

  /** `died`: what to tell of a process that ended by itself. */
  constructor(pool: Pool, { runId, onWork }: SessionOwner, died: (exit: Exit) => Error) {
    this.runId = runId;
    this.#onWork = onWork;
    this.#died = died;
    const started = Promise.withResolvers<Isolate>();
    this.#isolate = started.promise;
    this.#returned = pool
      .run({
        subject: 'media',
        runId,
        signal: NEVER,
        settled: () => {},
        died,
        isOneRequest: () => false,
        work: (isolate) => {
          started.resolve(isolate);
          return Promise.race([this.#ended.promise, isolate.exited.then(() => {})]);
        },
      })
      .catch((error) => started.reject(error));
  }

  /**
   * Sends a request after those before it have been answered.
   * @throws E_ISOLATE_START, and what `died` gives when the process ends before it answers: then it is gone for sure
   */
  ask(request: Exclude<Request, WithSegments>): Promise<Answer<Reply>> {
    return this.#next((isolate) => isolate.ask(request, replySchema));
  }

  /** The same for a request that names a place in `segment`, or brings its bytes along. */
  askAbout(
    request: Unaddressed<WithSegments>,
    segment: Segment | null,
    payload: readonly Uint8Array[] = [],
  ): Promise<Answer<Reply>> {
    return this.#next((isolate) => {
      const segments = segment === null ? [] : segmentsOf(isolate).introduce([segment]);
      return isolate.ask({ ...request, segments }, replySchema, payload);
    });
  }

  /** Gives the process back to the pool, once it has answered. */
  async end(): Promise<void> {
    await this.#last.catch(() => {});
    this.#ended.resolve();
    await this.#returned;
  }

  /** Ends the process, which completes the file that it writes before it goes. */
  async giveUp(): Promise<void> {
    const isolate = await this.#isolate.catch(() => null);
    isolate?.close();
    await isolate?.exited;
  }

  #next(send: (isolate: Isolate) => Promise<Answer<Reply>>): Promise<Answer<Reply>> {
    const asked = performance.now();
    const answer = this.#last
      .catch(() => {})
      .then(() => this.#isolate)
      .then((isolate) => this.#timed(isolate, asked, send))
      .catch((error) => {
        throw error instanceof IsolateEnded ? this.#died(error.exit) : error;
      });
    this.#last = answer;
    return answer;
  }

  async #timed(
    isolate: Isolate,
    asked: number,
    send: (isolate: Isolate) => Promise<Answer<Reply>>,
  ): Promise<Answer<Reply>> {
    const started = performance.now();
    try {
      return await send(isolate);
    } finally {
      this.#onWork?.({ name: 'media', pid: isolate.pid }, asked, started);
    }
  }
}

function segmentsOf(isolate: Isolate): KnownSegments {
  let segments = known.get(isolate);
  if (segments === undefined) {
    segments = new KnownSegments();
    known.set(isolate, segments);
  }
  return segments;
}
