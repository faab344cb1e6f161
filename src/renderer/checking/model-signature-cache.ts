import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import { call } from '../connection/host.ts';

/** `askedAt`: ms, when the host was asked last; it has not answered yet, or has no such model. */
type Known = ModelSignature | { readonly askedAt: number };

/** Signatures of the models that a graph names. The host reads each file once; until it has, nothing is known of it. */
export class ModelSignatureCache {
  readonly #known = new Map<string, Known>();
  readonly #onLearned: () => void;

  /** @param onLearned called when a signature that was asked for has come */
  constructor(onLearned: () => void) {
    this.#onLearned = onLearned;
  }

  /** @param path as a graph in `folder` says it */
  get(path: string, folder: string | null): ModelSignature | undefined {
    const key = `${folder ?? ''}\n${path}`;
    const known = this.#known.get(key);
    if (known !== undefined && !('askedAt' in known)) return known;
    // A model that was missing may have been downloaded since.
    if (known === undefined || Date.now() - known.askedAt > ASK_AGAIN_MS) {
      this.#known.set(key, { askedAt: Date.now() });
      void this.#learn(key, path, folder);
    }
    return undefined;
  }

  async #learn(key: string, path: string, folder: string | null): Promise<void> {
    try {
      this.#known.set(key, await call('modelSignature', { path, folder }));
      this.#onLearned();
    } catch (error) {
      // A model that is missing or damaged stays an open type; the run says what is wrong with it.
      if (!(error instanceof WeftError)) throw error;
    }
  }
}

const ASK_AGAIN_MS = 5000;
