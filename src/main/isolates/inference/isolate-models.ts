import type { Model } from '../../../shared/node-api/model.ts';
import type { Segment } from '../../store/segment.ts';
import type { Answer, Isolate } from '../isolate.ts';
import { KnownSegments, type SegmentAddress } from '../known-segments.ts';
import { type Reply, type Request, replySchema } from './messages.ts';
import { loadError } from './model-errors.ts';

/** Models that an isolate keeps loaded at most: each holds its weights in memory. */
const MOST_LOADED = 4;

/** What an isolate has been told so far: models loaded, segments mapped. */
export class IsolateModels {
  readonly #isolate: Isolate;
  /** Digests, the least recently used first. */
  readonly #loaded = new Set<string>();
  readonly #segments = new KnownSegments();
  /** When it had done its last piece of work, of `performance.now()`. */
  doneAt = 0;

  constructor(isolate: Isolate) {
    this.#isolate = isolate;
  }

  ask(request: Request, payload?: readonly Uint8Array[]): Promise<Answer<Reply>> {
    return this.#isolate.ask(request, replySchema, payload);
  }

  /** @throws E_MODEL_LOAD, E_MODEL_UNSUPPORTED, E_DEVICE_MEMORY, IsolateEnded */
  async load({ digest, path, backend }: Model, threads: number): Promise<void> {
    if (!this.#loaded.delete(digest)) {
      const [leastUsed] = this.#loaded;
      if (this.#loaded.size === MOST_LOADED) await this.#unload(leastUsed);
      const { reply } = await this.ask({ ask: 'load', session: digest, path, backend, threads });
      if (reply.did === 'failed') throw loadError(path, reply.message);
    }
    this.#loaded.add(digest);
  }

  has({ digest }: Model): boolean {
    return this.#loaded.has(digest);
  }

  /** Addresses of the segments that the isolate does not know yet; from now on it does. */
  introduce(segments: Iterable<Segment>): SegmentAddress[] {
    return this.#segments.introduce(segments);
  }

  async #unload(digest: string): Promise<void> {
    this.#loaded.delete(digest);
    await this.ask({ ask: 'unload', session: digest });
  }
}
