import { join } from 'node:path';
import type { BackendChoice, BackendName, BackendStatus } from '../../../shared/node-api/backend.ts';
import type { BenchmarkRequest, Measurement, Repetition } from '../../../shared/node-api/context.ts';
import { Model } from '../../../shared/node-api/model.ts';
import type { Tensor } from '../../../shared/node-api/tensor.ts';
import { describeModel, type ModelDescription } from '../../models/describe-model.ts';
import { cacheFolder } from '../../registry/folders.ts';
import type { Arena } from '../../store/arena.ts';
import { CallScope } from '../../store/call-scope.ts';
import type { Isolate } from '../isolate.ts';
import type { OnWork } from '../on-work.ts';
import type { Caller } from '../pool.ts';
import type { IsolateSpawner } from '../spawn.ts';
import { BackendPools, type InferenceStats, type Parallel } from './backend-pools.ts';
import { BackendProbes } from './backend-probes.ts';
import { blankInputs } from './blank-inputs.ts';
import { DeathRecord } from './death-record.ts';
import { FastestBackend } from './fastest-backend.ts';
import { type Allocate, Handover } from './handover.ts';
import { IsolateModels } from './isolate-models.ts';
import { blockedError, deathError, refuseOnBackend, refuseUnsupported } from './model-errors.ts';
import { matchInputs } from './model-inputs.ts';
import { ModelRun } from './model-run.ts';
import { Turns } from './turns.ts';

/** Whom a call is made for. */
export interface InferenceCall {
  readonly runId: string;
  /** When it fires, the call fails with its reason at once. */
  readonly signal: AbortSignal;
  readonly parallel: Parallel;
  readonly onWork?: OnWork;
}

/** A call whose outputs, and inputs that do not lie in the arena, need memory. */
export interface RunCall extends InferenceCall {
  readonly allocate: Allocate;
}

export interface InferenceOptions {
  readonly arena: Arena;
  readonly spawner: IsolateSpawner;
  /** False lets models run that are known to end their process. For tests of isolation. */
  readonly refuseUnsupported?: boolean;
}

/** What a process is to do with a model that it has loaded. */
interface Task<T> {
  work(isolate: IsolateModels, caller: Caller): Promise<T>;
  /** See `Call.isOneRequest`. */
  readonly isOneRequest: boolean;
}

/** Bytes that travel in a message as fast as through the arena, and without a slab. */
const SMALL = 4096;
/** What `auto` measures before it chooses. */
const TRIAL: Repetition = { warmUp: 2, iterations: 5, seconds: 5 };

/** Runs models in processes of their own: one that kills its process costs the call it was in, and nothing else. */
export class Inference {
  readonly #arena: Arena;
  readonly #refuseUnsupported: boolean;
  readonly #pools: BackendPools;
  readonly #probes: BackendProbes;
  readonly #fastest = new FastestBackend(join(cacheFolder(process.env), 'fastest-backends.json'));
  readonly #measurements = new Turns();
  readonly #isolates = new WeakMap<Isolate, IsolateModels>();
  readonly #deaths = new DeathRecord();
  /** By digest: outputs that have another shape than the model says. */
  readonly #misshapen = new Map<string, Set<string>>();

  constructor({ arena, spawner, refuseUnsupported = true }: InferenceOptions) {
    this.#arena = arena;
    this.#refuseUnsupported = refuseUnsupported;
    this.#pools = new BackendPools(spawner);
    this.#probes = new BackendProbes(this.#pools);
  }

  /**
   * Reads, checks and loads an ONNX file.
   * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_MODEL_UNSUPPORTED, E_MODEL_BLOCKED, E_BACKEND_MISSING, E_DEVICE_MEMORY,
   * E_FILE_READ, E_ISOLATE_START, E_ISOLATE_DIED
   */
  async load(path: string, backend: BackendChoice, call: InferenceCall): Promise<Model> {
    const description = await this.#describe(path);
    return this.#open(description, await this.#choose(backend, description, call), call);
  }

  /**
   * Runs a model once. A model with one input takes a single tensor under any name.
   * @returns the outputs by name, in the order of the signature.
   * @throws E_MODEL_INPUT, E_MODEL_RUN, E_MODEL_BLOCKED, E_DEVICE_MEMORY, E_MEMORY, E_ISOLATE_START, E_ISOLATE_DIED
   */
  run(model: Model, inputs: ReadonlyMap<string, Tensor>, call: RunCall): Promise<Map<string, Tensor>> {
    return this.#onTensors(model, inputs, call, (run) => ({
      work: (isolate, caller) => run.on(isolate, caller),
      isOneRequest: run.isOneRequest,
    }));
  }

  /** Loads, runs and measures a model while no other measurement does. @throws what `load` and `run` throw */
  async benchmark(path: string, request: BenchmarkRequest, call: RunCall): Promise<Measurement> {
    const description = await this.#describe(path);
    const backend = await this.#choose(request.backend, description, call);
    const { device } = await this.#probes.require(backend);
    return this.#measurements.take(call.signal, async () => {
      const model = await this.#open(description, backend, call);
      const given = request.inputs(model);
      const inputs = given.size === 0 ? blankInputs(model.signature) : given;
      const start = performance.now();
      const outputs = await this.run(model, inputs, call);
      const rest: Repetition = {
        warmUp: request.warmUp - 1,
        iterations: request.iterations,
        seconds: request.seconds - (performance.now() - start) / 1_000,
      };
      return { model, device, times: await this.#times(model, inputs, rest, call), outputs };
    });
  }

  /** Every backend, in the order of the table. */
  backends(): Promise<readonly BackendStatus[]> {
    return this.#probes.all();
  }

  /** Lets a model run again that had killed its processes. */
  unblock(model: Model): void {
    this.#deaths.forget(model);
  }

  /** Fails the calls of a run with E_CANCELLED; returns when no process works for it, at most `graceMs` later. */
  cancelRun(runId: string, graceMs: number): Promise<void> {
    return this.#pools.cancelRun(runId, graceMs);
  }

  stats(backend: BackendName = 'cpu'): InferenceStats {
    return this.#pools.stats(backend);
  }

  /** Fails what is still at work with E_CANCELLED and ends all processes. */
  close(): Promise<void> {
    return this.#pools.close();
  }

  async #describe(path: string): Promise<ModelDescription> {
    const description = await describeModel(path);
    if (this.#refuseUnsupported) refuseUnsupported(description);
    return description;
  }

  async #choose(backend: BackendChoice, description: ModelDescription, call: InferenceCall): Promise<BackendName> {
    if (backend !== 'auto') return (await this.#probes.require(backend)).name;
    const rivals = [await this.#probes.require('cpu'), ...(await this.#probes.accelerators())] as const;
    return this.#fastest.among(rivals, description.digest, (rival) => this.#trial(description, rival, call));
  }

  /** Time of one run on a backend, ms. */
  #trial(description: ModelDescription, backend: BackendName, call: InferenceCall): Promise<number> {
    return this.#measurements.take(call.signal, async () => {
      const scope = new CallScope(this.#arena);
      try {
        const model = await this.#open(description, backend, call);
        const allocate: Allocate = (dtype, shape) => scope.tensor(dtype, shape);
        return Math.min(...(await this.#times(model, blankInputs(model.signature), TRIAL, { ...call, allocate })));
      } finally {
        scope.close();
      }
    });
  }

  async #open(description: ModelDescription, backend: BackendName, call: InferenceCall): Promise<Model> {
    refuseOnBackend(description, backend);
    const model = new Model({ ...description, backend });
    await this.#call(model, call, { work: async () => {}, isOneRequest: false });
    return model;
  }

  #times(model: Model, inputs: ReadonlyMap<string, Tensor>, repetition: Repetition, call: RunCall): Promise<number[]> {
    return this.#onTensors(model, inputs, call, (run) => ({
      work: (isolate) => run.timesOn(isolate, repetition),
      isOneRequest: false,
    }));
  }

  /** Has a task done with tensors that are lent to the process until it is done with them. */
  async #onTensors<T>(
    model: Model,
    inputs: ReadonlyMap<string, Tensor>,
    call: RunCall,
    task: (run: ModelRun) => Task<T>,
  ): Promise<T> {
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
    return this.#call(model, call, task(run), () => handover.end());
  }

  /** Has a task done by a process in which the model is loaded. */
  #call<T>(
    model: Model,
    { runId, signal, parallel, onWork }: InferenceCall,
    task: Task<T>,
    settled: () => void = () => {},
  ): Promise<T> {
    const asked = performance.now();
    return this.#pools.run(model.backend, parallel, {
      subject: model.digest,
      runId,
      signal,
      settled,
      work: async (isolate, caller) => {
        // Here and not earlier: deaths may have come while the call waited.
        if (this.#deaths.blocks(model)) throw blockedError(model);
        const models = this.#modelsOf(isolate);
        const sent = performance.now();
        try {
          await models.load(model, this.#pools.threads(model.backend, parallel));
          return await task.work(models, caller);
        } finally {
          // What was sent ahead is begun when the piece of work before it is done.
          onWork?.({ name: `inference ${model.backend}`, pid: isolate.pid }, asked, Math.max(sent, models.doneAt));
          models.doneAt = performance.now();
        }
      },
      isOneRequest: (isolate) => task.isOneRequest && this.#modelsOf(isolate).has(model),
      died: (exit) => {
        this.#deaths.add(model);
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
}
