import type { Models, NodeContext } from '../../shared/node-api/context.ts';
import type { Image, ImageChannels, ImageDepth } from '../../shared/node-api/image.ts';
import type { Media } from '../../shared/node-api/media.ts';
import type { NumericDType, Tensor } from '../../shared/node-api/tensor.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CallScope } from '../store/call-scope.ts';
import type { KeptValues } from '../store/kept-values.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import { type FileTrace, fingerprint, joinTraces } from './file-trace.ts';
import type { KeepsBack } from './keeps-back.ts';
import type { Lane } from './lane.ts';
import type { PlanNode } from './plan.ts';
import { writeFile } from './write-file.ts';

/** What the contexts of one run share. */
export interface RunServices {
  readonly run: string;
  readonly store: ObjectStore;
  readonly signal: AbortSignal;
  modelsFor(context: CallContext): Models;
  mediaFor(context: CallContext): Media;
  log(context: CallContext, level: 'debug' | 'info' | 'warning', message: string): void;
  progress(context: CallContext, done: number | null, note: string | undefined): void;
  waits(context: CallContext, error: WeftError | null): void;
  fileIs(context: CallContext, state: 'begun' | 'complete', path: string): void;
  temporaryFolder(): Promise<string>;
  /** Values that a node holds past its calls, until it closes. */
  keptBy(node: PlanNode): KeptValues;
  /** What holds the inputs of the call. */
  holdsOf(context: CallContext): (Hold | null)[];
}

/** The context of one call of a node's body. Made for every call, so everything in it is made when first asked for. */
export class CallContext implements NodeContext {
  readonly node: PlanNode;
  /** Where the call's inputs lie. */
  readonly lane: Lane;
  readonly item: number | null;
  readonly attempt: number;
  /** Files that the node said its result depends on. */
  files: FileTrace | null = null;
  /** Items that the source said it will give. */
  expectedItems: number | undefined;
  /** What the source reads from, where that keeps items back. */
  keepsBack: KeepsBack | null = null;
  scope: CallScope | null = null;
  readonly #services: RunServices;
  #timeout: AbortController | null = null;
  #signal: AbortSignal | null = null;

  constructor(services: RunServices, node: PlanNode, lane: Lane, attempt: number) {
    this.#services = services;
    this.node = node;
    this.lane = lane;
    this.item = lane.scope === 0 ? null : lane.item;
    this.attempt = attempt;
  }

  get run(): string {
    return this.#services.run;
  }

  get signal(): AbortSignal {
    if (this.#signal === null) {
      this.#timeout = this.node.policy.timeout === undefined ? null : new AbortController();
      this.#signal =
        this.#timeout === null ? this.#services.signal : AbortSignal.any([this.#services.signal, this.#timeout.signal]);
    }
    return this.#signal;
  }

  get idempotencyKey(): string {
    return `${this.#services.run}/${this.node.id}${this.item === null ? '' : `/${this.item}`}`;
  }

  get models(): Models {
    return this.#services.modelsFor(this);
  }

  get media(): Media {
    return this.#services.mediaFor(this);
  }

  expectItems(count: number): void {
    this.expectedItems = count;
  }

  log(level: 'debug' | 'info' | 'warning', message: string): void {
    this.#services.log(this, level, message);
  }

  progress(done: number | null, note?: string): void {
    this.#services.progress(this, done, note);
  }

  /** Tells that the node waits for a person to mend something; null: it goes on. */
  waits(error: WeftError | null): void {
    this.#services.waits(this, error);
  }

  fileIs(state: 'begun' | 'complete', path: string): void {
    this.#services.fileIs(this, state, path);
  }

  tensor<D extends NumericDType>(dtype: D, shape: readonly number[]): Tensor<D> {
    return this.#openScope().tensor(dtype, shape);
  }

  image<K extends ImageDepth>(depth: K, width: number, height: number, channels: ImageChannels): Image<K> {
    return this.#openScope().image(depth, width, height, channels);
  }

  keep<T>(value: T): T {
    this.#services.keptBy(this.node).keep(value, this.scope, this.#services.holdsOf(this));
    return value;
  }

  release(value: unknown): void {
    this.#services.keptBy(this.node).release(value);
  }

  /** What the node holds past its calls; only a body that keeps state can. */
  get kept(): Iterable<Hold> | undefined {
    return this.node.signature.body === 'run' ? undefined : this.#services.keptBy(this.node).holds;
  }

  temporaryFolder(): Promise<string> {
    return this.#services.temporaryFolder();
  }

  writeFile(path: string, content: Uint8Array): Promise<void> {
    return writeFile(path, content, this.signal);
  }

  async fingerprint(path: string): Promise<void> {
    this.files = joinTraces(this.files, new Map([[path, fingerprint(path)]]));
  }

  /** Fires the signal: the call has run out of time. */
  expire(reason: Error): void {
    // Asking for the signal makes the controller, so that a body which looks only now finds it fired.
    if (!this.signal.aborted) this.#timeout?.abort(reason);
  }

  /** The body has returned: what it allocated and did not give out goes back to the arena. */
  close(): void {
    this.scope?.close();
    this.scope = null;
  }

  #openScope(): CallScope {
    this.scope ??= this.#services.store.openScope();
    return this.scope;
  }
}
