import type { BackendChoice, BackendStatus } from './backend.ts';
import type { Image, ImageChannels, ImageDepth } from './image.ts';
import type { Media } from './media.ts';
import type { Model } from './model.ts';
import type { NumericDType, Tensor } from './tensor.ts';

/** Models, loaded and run in a process of their own. */
export interface Models {
  /**
   * The file of a model of the catalogue, downloaded first if it is not there; the node's progress tells how far it is.
   * @throws E_MODEL_MISSING for a name that the catalogue does not have, E_NETWORK, E_DIGEST, E_FILE_WRITE
   */
  download(name: string): Promise<string>;
  /**
   * Reads, checks and loads an ONNX file.
   * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_MODEL_UNSUPPORTED, E_MODEL_BLOCKED, E_BACKEND_MISSING, E_ISOLATE_DIED
   */
  load(path: string, options?: { readonly backend?: BackendChoice }): Promise<Model>;
  /**
   * Runs a model once. Inputs and outputs go by the names of the model's signature; a model with one input takes a
   * single tensor under any name.
   * @throws E_MODEL_INPUT, E_MODEL_RUN, E_MODEL_BLOCKED, E_ISOLATE_DIED, E_DEVICE_MEMORY
   */
  run(model: Model, inputs: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, Tensor>>;
  /**
   * Loads a model and measures how long its runs take where it runs, without the way there and back. Measurements wait
   * for each other, whichever nodes ask for them, so parallel branches do not disturb one another's times.
   * @throws what `load` and `run` throw
   */
  benchmark(path: string, request: BenchmarkRequest): Promise<Measurement>;
  /** Every backend that Weft knows, and whether this machine has it. The first call tries them, which takes a moment. */
  backends(): Promise<readonly BackendStatus[]>;
}

/** How many runs are measured. */
export interface Repetition {
  /** Runs before those that count; the first of them gives the outputs of a benchmark, which has at least one. */
  readonly warmUp: number;
  /** Runs that count, at most. */
  readonly iterations: number;
  /** No further run begins once the runs, those before included, have taken this long; one always counts. */
  readonly seconds: number;
}

export interface BenchmarkRequest extends Repetition {
  readonly backend: BackendChoice;
  /** The tensors to run on, by the names of the model's signature; without any it runs on zeros. */
  inputs(model: Model): ReadonlyMap<string, Tensor>;
}

export interface Measurement {
  readonly model: Model;
  readonly device: string | null;
  /** Of each run that counts, in order, ms. */
  readonly times: readonly number[];
  readonly outputs: ReadonlyMap<string, Tensor>;
}

/** All that a node may know of the run it is in. Nothing else is global. */
export interface NodeContext {
  /** Fires on cancel and on the node's timeout. */
  readonly signal: AbortSignal;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Index of the item in its stream; null for a node that runs once. */
  readonly item: number | null;
  /** The same for every attempt at the same item of the same node in the same run; differs otherwise. */
  readonly idempotencyKey: string;
  readonly models: Models;
  readonly media: Media;
  log(level: 'debug' | 'info' | 'warning', message: string): void;
  /** `done` from 0 to 1; null when nobody knows how much there will be, and only the note tells. */
  progress(done: number | null, note?: string): void;
  /** For a source that knows only once it is at work how many items it will give. */
  expectItems(count: number): void;
  /** A tensor whose elements lie in the arena; their content is undefined until written. @throws E_MEMORY */
  tensor<D extends NumericDType>(dtype: D, shape: readonly number[]): Tensor<D>;
  /** A picture whose samples lie in the arena; undefined until written. @throws E_MEMORY */
  image<K extends ImageDepth>(depth: K, width: number, height: number, channels: ImageChannels): Image<K>;
  /** Holds a value past the call, until the node closes or `release` is called. For nodes with `open` or `collect`. */
  keep<T>(value: T): T;
  release(value: unknown): void;
  /** A private folder, removed when the run ends. */
  temporaryFolder(): Promise<string>;
  /**
   * Writes a file whole or not at all, and makes its folder where needed; gives up when the signal fires.
   * @throws E_FILE_WRITE
   */
  writeFile(path: string, content: Uint8Array): Promise<void>;
  /** Says that the result depends on this file or folder: a cached result is used only while it is unchanged. */
  fingerprint(path: string): Promise<void>;
}
