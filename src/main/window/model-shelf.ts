import { stat } from 'node:fs/promises';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelEntry } from '../../shared/protocol/window-calls.ts';
import { catalogue } from '../models/catalogue.ts';
import { downloadModel, offeredModel } from '../models/download.ts';
import { bundledModels, downloadedFile, namedModel } from '../models/model-names.ts';

/** Told how much of a model is there. */
export type PullListener = (name: string, bytes: number, total: number | null) => void;

/** ms between two reports of one download. */
const TELL_EVERY = 100;

interface Pull {
  readonly path: Promise<string>;
  readonly stop: AbortController;
}

/** The models that can be chosen, and the downloads that are under way, which all windows share. */
export class ModelShelf {
  readonly #tell: PullListener;
  readonly #pulls = new Map<string, Pull>();

  constructor(tell: PullListener) {
    this.#tell = tell;
  }

  async list(): Promise<ModelEntry[]> {
    const bundled = bundledModels().map(async (name): Promise<ModelEntry> => {
      const path = namedModel(name) ?? null;
      const bytes = path === null ? null : await sizeOf(path);
      return { name, summary: 'Comes with Weft.', licence: 'MIT', bytes, state: 'bundled', path };
    });
    const offered = catalogue().map(async (model): Promise<ModelEntry> => {
      const { name, task, notes, licence, bytes } = model;
      const summary = [task, notes].filter((text) => text !== '').join(': ');
      const path = downloadedFile(model);
      if (this.#pulls.has(name)) return { name, summary, licence, bytes, state: 'pulling', path: null };
      const size = await sizeOf(path);
      if (size === null) return { name, summary, licence, bytes, state: 'absent', path: null };
      return { name, summary, licence, bytes: size, state: 'here', path };
    });
    return Promise.all([...bundled, ...offered]);
  }

  /** @throws E_MODEL_MISSING, E_NETWORK, E_DIGEST, E_FILE_WRITE; E_CANCELLED when somebody stopped it */
  pull(name: string): Promise<string> {
    const under = this.#pulls.get(name);
    if (under !== undefined) return under.path;
    const model = offeredModel(name);
    const stop = new AbortController();
    let toldAt = 0;
    const path = downloadModel(model, {
      signal: stop.signal,
      progress: (bytes, total) => {
        const now = Date.now();
        if (bytes !== total && now - toldAt < TELL_EVERY) return;
        toldAt = now;
        this.#tell(name, bytes, total ?? null);
      },
    })
      .then((downloaded) => downloaded.path)
      .catch((error) => {
        if (!stop.signal.aborted) throw error;
        throw new WeftError('E_CANCELLED', `The download of ${name} was stopped: the next one goes on from there.`);
      })
      .finally(() => this.#pulls.delete(name));
    this.#pulls.set(name, { path, stop });
    return path;
  }

  cancel(name: string): void {
    this.#pulls.get(name)?.stop.abort();
  }

  /** Stops all downloads; what is there of them stays for the next time. */
  async close(): Promise<void> {
    const pulls = [...this.#pulls.values()];
    for (const { stop } of pulls) stop.abort();
    await Promise.allSettled(pulls.map(({ path }) => path));
  }
}

async function sizeOf(path: string): Promise<number | null> {
  const entry = await stat(path).catch(() => null);
  return entry?.size ?? null;
}
