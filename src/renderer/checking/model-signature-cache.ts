import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import { call } from '../connection/host.ts';

/** `askedAt`: ms, when the host was asked last; it has not answered yet, or has no such model. */
type Known = ModelSignature | { readonly askedAt: number };

/** Signatures of the models that graphs name. The host reads each file once; until it has, nothing is known of it. */
class ModelSignatureCache {
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` when a signature that was asked for has come, or may come now. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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

  /** A model may be there now that was missing: whoever needs one asks again. */
  forgetMissing(): void {
    for (const [key, known] of this.#known) if ('askedAt' in known) this.#known.delete(key);
    this.#tell();
  }

  async #learn(key: string, path: string, folder: string | null): Promise<void> {
    try {
      this.#known.set(key, await call('modelSignature', { path, folder }));
      this.#tell();
    } catch (error) {
      // A model that is missing or damaged stays an open type; the run says what is wrong with it.
      if (!(error instanceof WeftError)) throw error;
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const ASK_AGAIN_MS = 5000;

export const modelSignatures = new ModelSignatureCache();
