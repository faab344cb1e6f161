import { availableParallelism } from 'node:os';
import { Model } from '../../../shared/node-api/model.ts';
import type { Tensor } from '../../../shared/node-api/tensor.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import { describeModel } from '../../models/describe-model.ts';
import type { Arena } from '../../store/arena.ts';
import type { Isolate } from '../isolate.ts';
import { IsolateListener } from '../listener.ts';
import { type Caller, Pool, type PoolStats } from '../pool.ts';
import type { IsolateSpawner } from '../spawn.ts';
import { DeathRecord } from './death-record.ts';
import { type Allocate, Handover } from './handover.ts';
import { IsolateModels } from './isolate-models.ts';
import { blockedError, deathError, refuseUnsupported } from './model-errors.ts';
import { matchInputs } from './model-inputs.ts';
import { ModelRun } from './model-run.ts';

/**
 * What a call shares the machine with. `stream`: with calls for other items, so there are as many processes as cores,
 * one thread each (evidence.md 4 and 17). `single`: with nothing, so there is one process with all cores.
 */
export type Parallel = 'stream' | 'single';

/** Whom a call is made for. */
export interface InferenceCall {
  readonly runId: string;
  /** When it fires, the call fails with its reason at once. */
  readonly signal: AbortSignal;
  readonly parallel: Parallel;
}

export interface InferenceOptions {
  readonly arena: Arena;
  readonly spawner: IsolateSpawner;
  /** False lets models run that are known to end their process. For tests of isolation. */
  readonly refuseUnsupported?: boolean;
}

export interface BackendStatus {
  readonly name: string;
  readonly available: boolean;
}

export type InferenceStats = Readonly<Record<Parallel, PoolStats>>;

const CORES = availableParallelism();
/** Inference for a stream gives way to the stages around it (evidence.md 17). */
const PLANS = {
  stream: { processes: CORES, threads: 1, niceness: 10 },
  single: { processes: 1, threads: CORES, niceness: 0 },
} as const;

/** Bytes that travel in a message as fast as through the arena, and without a slab. */
const SMALL = 4096;

/** Runs models in processes of their own: one that kills its process costs the call it was in, and nothing else. */
export class Inference {
  readonly #arena: Arena;
  readonly #refuseUnsupported: boolean;
  readonly #pools: Readonly<Record<Parallel, Pool>>;
  readonly #isolates = new WeakMap<Isolate, IsolateModels>();
  readonly #deaths = new DeathRecord();
  /** By digest: outputs that have another shape than the model says. */
  readonly #misshapen = new Map<string, Set<string>>();
  #listener: Promise<IsolateListener> | null = null;

  constructor({ arena, spawner, refuseUnsupported = true }: InferenceOptions) {
    this.#arena = arena;
    this.#refuseUnsupported = refuseUnsupported;
    const listen = () => {
      this.#listener ??= IsolateListener.open();
      return this.#listener;
    };
    const pool = ({ processes, niceness }: (typeof PLANS)[Parallel]) =>
      new Pool({ spawner, listen, kind: 'inference', niceness }, processes);
    this.#pools = { stream: pool(PLANS.stream), single: pool(PLANS.single) };
  }

  /**
   * Reads, checks and loads an ONNX file. `backend` is a name of `backends()`, or `auto`.
   * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_MODEL_UNSUPPORTED, E_MODEL_BLOCKED, E_BACKEND_MISSING, E_DEVICE_MEMORY,
   * E_FILE_READ, E_ISOLATE_START, E_ISOLATE_DIED
   */
  async load(path: string, backend: string, call: InferenceCall): Promise<Model> {
    const chosen = this.#choose(backend);
    const description = await describeModel(path);
    if (this.#refuseUnsupported) refuseUnsupported(description);
    const model = new Model({ ...description, backend: chosen });
    await this.#call(model, call, async () => {});
    return model;
  }

  /**
   * Runs a model once. A model with one input takes a single tensor under any name. `allocate` gives memory for outputs,
   * and for inputs that do not lie in the arena.
   * @returns the outputs by name, in the order of the signature.
   * @throws E_MODEL_INPUT, E_MODEL_RUN, E_MODEL_BLOCKED, E_DEVICE_MEMORY, E_MEMORY, E_ISOLATE_START, E_ISOLATE_DIED
   */
  async run(
    model: Model,
    inputs: ReadonlyMap<string, Tensor>,
    call: InferenceCall & { readonly allocate: Allocate },
  ): Promise<Map<string, Tensor>> {
    const matched = matchInputs(model, inputs);
    const payloadLimit = this.#arena.stats().sharing === 'zero-copy' ? SMALL : Number.MAX_SAFE_INTEGER;
    const handover = new Handover(this.#arena, call.allocate, payloadLimit);
    let run: ModelRun;
    try {
      run = new ModelRun(model, matched, { handover, payloadLimit, misshapen: this.#misshapenOf(model) });
    } catch (error) {
      handover.end();
      throw error;
    }
    return this.#call(
      model,
      call,
      (isolate, caller) => run.on(isolate, caller),
      () => handover.end(),
    );
  }

  backends(): readonly BackendStatus[] {
    return [{ name: 'cpu', available: true }];
  }

  /** Lets a model run again that had killed its processes. */
  unblock({ digest }: Model): void {
    this.#deaths.forget(digest);
  }

  /** Fails the calls of a run with E_CANCELLED; returns when no process works for it, at most `graceMs` later. */
  async cancelRun(runId: string, graceMs: number): Promise<void> {
    await Promise.all(this.#everyPool().map((pool) => pool.cancelRun(runId, graceMs)));
  }

  stats(): InferenceStats {
    return { stream: this.#pools.stream.stats(), single: this.#pools.single.stats() };
  }

  /** Fails what is still at work with E_CANCELLED and ends all processes. */
  async close(): Promise<void> {
    await Promise.all(this.#everyPool().map((pool) => pool.close()));
    await (await this.#listener)?.close();
  }

  /** Has `work` done by a process in which the model is loaded. */
  #call<T>(
    model: Model,
    { runId, signal, parallel }: InferenceCall,
    work: (isolate: IsolateModels, caller: Caller) => Promise<T>,
    settled: () => void = () => {},
  ): Promise<T> {
    return this.#pools[parallel].run({
      subject: model.digest,
      runId,
      signal,
      settled,
      work: async (isolate, caller) => {
        // Here and not earlier: deaths may have come while the call waited.
        if (this.#deaths.blocks(model.digest)) throw blockedError(model);
        const models = this.#modelsOf(isolate);
        await models.load(model, PLANS[parallel].threads);
        return work(models, caller);
      },
      died: (exit) => {
        this.#deaths.add(model.digest);
        return deathError(model.path, exit);
      },
    });
  }

  #modelsOf(isolate: Isolate): IsolateModels {
    let models = this.#isolates.get(isolate);
    if (models === undefined) {
      models = new IsolateModels(isolate);
      this.#isolates.set(isolate, models);
    }
    return models;
  }

  #misshapenOf({ digest }: Model): Set<string> {
    let misshapen = this.#misshapen.get(digest);
    if (misshapen === undefined) {
      misshapen = new Set();
      this.#misshapen.set(digest, misshapen);
    }
    return misshapen;
  }

  #choose(backend: string): string {
    const names = this.backends().flatMap(({ name, available }) => (available ? name : []));
    const chosen = backend === 'auto' ? names[0] : names.find((name) => name === backend);
    if (chosen !== undefined) return chosen;
    throw new WeftError(
      'E_BACKEND_MISSING',
      `The backend ${backend} is not available on this machine: choose ${names.join(' or ')}.`,
    );
  }

  #everyPool(): Pool[] {
    return Object.values(this.#pools);
  }
}
