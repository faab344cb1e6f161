import { availableParallelism } from 'node:os';
import type { BackendName } from '../../../shared/node-api/backend.ts';
import { IsolateListener } from '../listener.ts';
import { type Call, Pool, type PoolStats } from '../pool.ts';
import type { IsolateSpawner } from '../spawn.ts';
import { BACKENDS } from './backends.ts';

/**
 * What a call shares the machine with. `stream`: with calls for other items, so there are as many processes as cores,
 * one thread each (evidence.md 4 and 17). `single`: with nothing, so there is one process with all cores.
 */
export type Parallel = 'stream' | 'single';

export type InferenceStats = Readonly<Record<Parallel, PoolStats>>;

interface Plan {
  readonly processes: number;
  readonly threads: number;
  readonly niceness: number;
}

const CORES = availableParallelism();
const ONE_PROCESS: Plan = { processes: 1, threads: CORES, niceness: 0 };
const PLANS: { readonly [On in 'processor' | 'device']: Readonly<Record<Parallel, Plan>> } = {
  // Inference for a stream gives way to the stages around it (evidence.md 17).
  processor: { stream: { processes: CORES, threads: 1, niceness: 10 }, single: ONE_PROCESS },
  // Several processes on one device would take its memory several times, and turns.
  device: { stream: ONE_PROCESS, single: ONE_PROCESS },
};
const UNUSED: PoolStats = { processes: [], waiting: 0 };

/** A pool of isolates for each backend and plan, made when it is first used. */
export class BackendPools {
  readonly #spawner: IsolateSpawner;
  readonly #pools = new Map<BackendName, Map<Plan, Pool>>();
  #listener: Promise<IsolateListener> | null = null;

  constructor(spawner: IsolateSpawner) {
    this.#spawner = spawner;
  }

  run<T>(backend: BackendName, parallel: Parallel, call: Call<T>): Promise<T> {
    const pools = this.#pools.get(backend) ?? new Map<Plan, Pool>();
    this.#pools.set(backend, pools);
    const plan = planOf(backend, parallel);
    const pool = pools.get(plan) ?? this.#open(plan);
    pools.set(plan, pool);
    return pool.run(call);
  }

  threads(backend: BackendName, parallel: Parallel): number {
    return planOf(backend, parallel).threads;
  }

  stats(backend: BackendName): InferenceStats {
    const pools = this.#pools.get(backend);
    const stats = (parallel: Parallel) => pools?.get(planOf(backend, parallel))?.stats() ?? UNUSED;
    return { stream: stats('stream'), single: stats('single') };
  }

  async cancelRun(runId: string, graceMs: number): Promise<void> {
    await Promise.all(this.#everyPool().map((pool) => pool.cancelRun(runId, graceMs)));
  }

  /** Ends the processes of a backend that turned out not to work. */
  async drop(backend: BackendName): Promise<void> {
    const pools = this.#pools.get(backend);
    this.#pools.delete(backend);
    await Promise.all([...(pools?.values() ?? [])].map((pool) => pool.close()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#everyPool().map((pool) => pool.close()));
    await (await this.#listener)?.close();
  }

  #open({ processes, niceness }: Plan): Pool {
    const listen = () => {
      this.#listener ??= IsolateListener.open();
      return this.#listener;
    };
    return new Pool({ spawner: this.#spawner, listen, kind: 'inference', niceness }, processes);
  }

  #everyPool(): Pool[] {
    return [...this.#pools.values()].flatMap((pools) => [...pools.values()]);
  }
}

function planOf(name: BackendName, parallel: Parallel): Plan {
  const backend = BACKENDS[name];
  return PLANS[backend.runtime === null ? 'device' : backend.runsOn][parallel];
}
