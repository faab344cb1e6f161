import { stat } from 'node:fs/promises';
import { type ErrorReport, WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelEntry, ModelState, PulledModel } from '../../shared/protocol/window-calls.ts';
import { type CatalogueModel, catalogue } from '../models/catalogue.ts';
import { downloadModel, offeredModel } from '../models/download.ts';
import { bundledModels, downloadedFile, namedModel } from '../models/model-names.ts';
import { PartFile } from '../models/part-file.ts';
import { removeModel } from '../models/remove-model.ts';
import { TransferRate } from './transfer-rate.ts';

/** Told a model whenever its state has changed. */
export type ModelListener = (model: ModelEntry) => void;

/** ms between two reports of one download; one that stalls is told of too. */
const TELL_EVERY = 200;

interface Pull {
  readonly ended: Promise<PulledModel>;
  readonly stop: AbortController;
  readonly rate: TransferRate;
  total: number | null;
}

/** The models that can be chosen, and the downloads that are under way, which all windows share. */
export class ModelShelf {
  readonly #tell: ModelListener;
  readonly #pulls = new Map<string, Pull>();
  /** How the last download of a model ended, if it failed. */
  readonly #failures = new Map<string, ErrorReport>();

  constructor(tell: ModelListener) {
    this.#tell = tell;
  }

  async list(): Promise<ModelEntry[]> {
    const bundled = bundledModels().map(bundledEntry);
    const offered = catalogue().map((model) => this.#entry(model));
    return Promise.all([...bundled, ...offered]);
  }

  /** @throws E_MODEL_MISSING, E_NETWORK, E_DIGEST, E_FILE_WRITE; E_CANCELLED when somebody stopped it */
  pull(name: string): Promise<PulledModel> {
    const under = this.#pulls.get(name);
    if (under !== undefined) return under.ended;
    const model = offeredModel(name);
    const stop = new AbortController();
    const rate = new TransferRate();
    const pull: Pull = { ended: this.#download(model, stop.signal, rate), stop, rate, total: null };
    this.#failures.delete(name);
    this.#pulls.set(name, pull);
    this.#tellOf(model);
    return pull.ended;
  }

  cancel(name: string): void {
    this.#pulls.get(name)?.stop.abort();
  }

  /** Deletes a downloaded model, or what there is of one. @throws E_MODEL_MISSING, E_FILE_WRITE */
  async remove(name: string): Promise<void> {
    const model = offeredModel(name);
    await removeModel(model);
    this.#failures.delete(name);
    this.#tellOf(model);
  }

  /** Stops all downloads; what is there of them stays for the next time. */
  async close(): Promise<void> {
    const pulls = [...this.#pulls.values()];
    for (const { stop } of pulls) stop.abort();
    await Promise.allSettled(pulls.map(({ ended }) => ended));
  }

  async #download(model: CatalogueModel, signal: AbortSignal, rate: TransferRate): Promise<PulledModel> {
    const { name } = model;
    const telling = setInterval(() => this.#tellOf(model), TELL_EVERY);
    try {
      const { path, digest, trust } = await downloadModel(model, {
        signal,
        progress: (bytes, total) => {
          rate.add(bytes, performance.now());
          const pull = this.#pulls.get(name);
          if (pull !== undefined) pull.total = total ?? null;
        },
      });
      return { path, recordedDigest: trust === 'first' ? digest : null };
    } catch (error) {
      if (signal.aborted) {
        throw new WeftError('E_CANCELLED', `The download of ${name} was stopped: the next one goes on from there.`);
      }
      if (error instanceof WeftError) this.#failures.set(name, error.toReport());
      throw error;
    } finally {
      clearInterval(telling);
      this.#pulls.delete(name);
      this.#tellOf(model);
    }
  }

  #tellOf(model: CatalogueModel): void {
    const pull = this.#pulls.get(model.name);
    if (pull !== undefined) this.#tell({ ...describe(model), state: pulling(pull) });
    // The state may have changed once more when the disk has answered: what is told last is what holds.
    else void this.#entry(model).then(this.#tell);
  }

  async #entry(model: CatalogueModel): Promise<ModelEntry> {
    const path = downloadedFile(model);
    const [size, partBytes] = await Promise.all([sizeOf(path), sizeOf(new PartFile(path).path)]);
    const pull = this.#pulls.get(model.name);
    const entry = describe(model);
    if (pull !== undefined) return { ...entry, state: pulling(pull) };
    if (size !== null) return { ...entry, bytes: size, state: { kind: 'here', path } };
    return {
      ...entry,
      state: { kind: 'absent', partBytes: partBytes ?? 0, failure: this.#failures.get(model.name) ?? null },
    };
  }
}

function describe({
  name,
  task,
  family,
  notes,
  licence,
  bytes,
  url,
  sha256,
}: CatalogueModel): Omit<ModelEntry, 'state'> {
  return { name, task, family, notes, licence, bytes, source: new URL(url).host, hasDigest: sha256 !== null };
}

function pulling({ rate, total }: Pull): ModelState {
  return { kind: 'pulling', bytes: rate.bytes, total, bytesPerSecond: rate.perSecond(performance.now()) };
}

async function bundledEntry(name: string): Promise<ModelEntry> {
  const path = namedModel(name) ?? name;
  return {
    name,
    task: 'detection',
    family: 'yolov8',
    notes: 'Comes with Weft; finds drawn shapes.',
    licence: 'MIT',
    bytes: (await sizeOf(path)) ?? 0,
    source: null,
    hasDigest: true,
    state: { kind: 'bundled', path },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  const entry = await stat(path).catch(() => null);
  return entry?.size ?? null;
}
