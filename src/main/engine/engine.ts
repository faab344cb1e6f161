import { randomUUID } from 'node:crypto';
import type { Models } from '../../shared/node-api/context.ts';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type {
  Catalogue,
  Explanation,
  GraphRequest,
  RunRequest,
  Validation,
} from '../../shared/protocol/engine-calls.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import type { StatusBatch } from '../../shared/protocol/status-batch.ts';
import type { Allocate } from '../isolates/inference/handover.ts';
import type { Inference } from '../isolates/inference/inference.ts';
import type { IsolateSpawner } from '../isolates/spawn.ts';
import { Registry } from '../registry/registry.ts';
import { searchNodes } from '../registry/search.ts';
import { Arena } from '../store/arena.ts';
import { guardInputs } from '../store/input-guard.ts';
import { ObjectStore } from '../store/object-store.ts';
import type { SegmentSource } from '../store/segment.ts';
import type { CallContext } from './call-context.ts';
import { compilePlan } from './compile-plan.ts';
import { explain } from './explain.ts';
import { exportValue, fileName } from './export-value.ts';
import type { Heartbeat } from './heartbeat.ts';
import { ItemCache } from './item-cache.ts';
import { type OpenedGraph, openGraph } from './open-graph.ts';
import type { Plan } from './plan.ts';
import { ResultCache } from './result-cache.ts';
import { Run } from './run.ts';
import { TemporaryFolder } from './temporary-folder.ts';

export interface EngineOptions {
  readonly segments: SegmentSource;
  readonly spawner: IsolateSpawner;
  readonly heartbeat: Heartbeat;
  /** Most bytes that values may hold; half of the memory there is when left out. */
  readonly budgetBytes?: number;
  readonly nodesFolders?: readonly string[];
  /** For tests: freed memory is filled with a pattern. */
  readonly poison?: boolean;
  /** Checks that nodes do not write into their inputs; costs a checksum of each input. */
  readonly checkInputs?: boolean;
  /** False lets models run that are known to kill their process. For tests of isolation. */
  readonly refuseUnsupported?: boolean;
  /** Calls in flight in one run. */
  readonly maxParallel?: number;
  /** Items of one stream in flight. */
  readonly window?: number;
}

/** What a run tells while it goes on. */
export interface RunListener {
  /** The ids of the plan's nodes, by the indices that batches use. */
  started(run: string, serial: number, ids: readonly string[]): void;
  batch(batch: StatusBatch): void;
}

/** Bytes of free arena that an idle engine keeps for the next run; the rest goes back to the system. */
const RESERVE = 2 ** 28;

/** The one interpreter of graphs. A plain library: the host runs it on a worker thread, unit tests in their own. */
export class Engine {
  readonly registry: Registry;
  readonly store: ObjectStore;
  readonly #results: ResultCache;
  readonly #items: ItemCache;
  readonly #options: EngineOptions;
  readonly #runs = new Map<string, Run>();
  readonly #arena: Arena;
  #inference: Promise<Inference> | null = null;
  #serial = 0;

  private constructor(registry: Registry, options: EngineOptions) {
    this.registry = registry;
    this.#options = options;
    const { budgetBytes, poison } = options;
    const onPressure = (bytes: number) => this.#evict(bytes);
    this.#arena = new Arena(options.segments, { budgetBytes, poison, onPressure });
    this.store = new ObjectStore(this.#arena, (error) => this.#warn(error));
    this.#results = new ResultCache((hold) => this.store.release(hold));
    this.#items = new ItemCache((hold) => this.store.release(hold));
  }

  static async open(options: EngineOptions): Promise<Engine> {
    return new Engine(await Registry.open({ folders: options.nodesFolders }), options);
  }

  async validate(request: GraphRequest): Promise<Validation> {
    const { checked } = await openGraph(request, this.registry);
    return { problems: checked.problems, notes: checked.notes };
  }

  async explain(request: RunRequest): Promise<Explanation> {
    const opened = await openGraph({ ...request, inputs: request.inputs ?? {} }, this.registry);
    const { problems, notes } = opened.checked;
    if (problems.length > 0) return { problems, notes, nodes: [] };
    const plan = await this.#compile(opened, request);
    return { problems, notes, nodes: explain(plan, this.#targets(plan, request), this.#results) };
  }

  catalogue(query?: string): Catalogue {
    const all = this.registry.catalogue();
    return { nodes: query === undefined ? all : searchNodes(all, query), problems: this.registry.problems };
  }

  /** Runs a graph to the end. A graph with problems is refused: they are told as events, and nothing runs. */
  async run(request: RunRequest, listener: RunListener): Promise<RunSummary> {
    const id = randomUUID();
    const serial = ++this.#serial;
    // Set or not, a run needs a value for every input.
    const opened = await openGraph({ ...request, inputs: request.inputs ?? {} }, this.registry);
    let plan: Plan;
    let targets: number[] | null;
    try {
      if (opened.checked.problems.length > 0) return this.#refuse(id, serial, opened, listener);
      plan = await this.#compile(opened, request);
      targets = this.#targets(plan, request);
    } catch (error) {
      if (!(error instanceof WeftError)) throw error;
      const { code, message, node } = error.toReport();
      const problems = [{ code, message, ...(node === undefined ? {} : { node }) }];
      return this.#refuse(id, serial, { ...opened, checked: { ...opened.checked, problems } }, listener);
    }
    return this.runPlan(
      plan,
      { id, serial, name: opened.name, targets, request, notes: opened.checked.notes },
      listener,
    );
  }

  async runPlan(
    plan: Plan,
    { id, serial, name, targets, request, notes }: PlannedRun,
    listener: RunListener,
  ): Promise<RunSummary> {
    await using folder = new TemporaryFolder();
    const emit = (event: RunEvent) => listener.batch({ ...EMPTY_BATCH, events: [event] });
    const run: Run = new Run(plan, {
      id,
      serial,
      targets,
      window: this.#options.window ?? 4,
      maxParallel: this.#options.maxParallel ?? 16,
      store: this.store,
      results: this.#results,
      items: this.#items,
      heartbeat: this.#options.heartbeat,
      watch: this.#options.checkInputs === true ? guardInputs : null,
      modelsFor: (context) => this.#modelsFor(context, plan),
      temporaryFolder: () => folder.open(),
      output: async (output, item, value) => {
        const file = fileName(item === null ? output : `${output}-${String(item).padStart(6, '0')}`);
        const json = await exportValue(value, file, request.out);
        run.status.event({ event: 'output', name: output, ...(item === null ? {} : { item }), value: json });
      },
      report: (batch) => listener.batch(batch),
      makeRoom: () => this.#makeRoom(),
      giveUp: () => this.#inference?.then((inference) => inference.cancelRun(id, 0)),
    });
    if (this.store.overBudget) this.#makeRoom();
    this.#runs.set(id, run);
    const nodes = run.nodeCount;
    listener.started(id, serial, plan.ids);
    emit({
      event: 'run.started',
      run: id,
      graph: name,
      nodes,
      cached: run.cachedNodes,
      ...(notes.length > 0 ? { notes: [...notes] } : {}),
    });
    const deadline =
      request.timeoutMs === undefined ? undefined : setTimeout(() => run.cancel('timeout'), request.timeoutMs);
    try {
      const summary = await run.start();
      await this.store.disposalsEnded();
      emit({ event: 'run.finished', ...summary });
      return summary;
    } finally {
      clearTimeout(deadline);
      this.#runs.delete(id);
      if (this.#runs.size === 0) this.#arena.trim(RESERVE);
    }
  }

  /** False when there is no such run. */
  cancel(run: string): boolean {
    const found = this.#runs.get(run);
    found?.cancel('cancelled');
    return found !== undefined;
  }

  setLiteral(run: string, node: string, pin: string, value: unknown): boolean {
    return this.#runs.get(run)?.setLiteral(node, pin, value) ?? false;
  }

  /** Empties the cache: everything is computed anew in the next run. */
  forgetResults(): void {
    this.#results.clear();
    this.#items.clear();
  }

  async close(): Promise<void> {
    for (const run of this.#runs.values()) run.cancel('cancelled');
    this.forgetResults();
    await (await this.#inference)?.close();
    await this.store.disposalsEnded();
  }

  async #compile({ checked, folder }: OpenedGraph, request: RunRequest): Promise<Plan> {
    const ids = new Set(checked.nodes.map(({ signature }) => signature.id));
    const definitions = new Map<string, NodeDefinition>();
    await Promise.all([...ids].map(async (id) => definitions.set(id, await this.registry.load(id))));
    const definitionOf = (id: string) => {
      const definition = definitions.get(id);
      if (definition === undefined) throw new WeftError('E_NODE_UNKNOWN', `There is no node ${id}.`);
      return definition;
    };
    const digestOf = (id: string) => this.registry.origin(id)?.digest;
    return compilePlan(checked, definitionOf, { graphFolder: folder, outFolder: request.out, digestOf });
  }

  #targets(plan: Plan, { to }: RunRequest): number[] | null {
    if (to === undefined) return null;
    return to.map((id) => {
      const node = plan.nodes.find((candidate) => candidate.id === id);
      if (node !== undefined) return node.index;
      const names = plan.nodes.map((candidate) => candidate.id).join(', ');
      throw new WeftError('E_INPUT_UNKNOWN', `There is no node ${id} to run to: use one of ${names}.`);
    });
  }

  #refuse(id: string, serial: number, { name, checked }: OpenedGraph, listener: RunListener): RunSummary {
    const [first] = checked.problems;
    const summary: RunSummary = {
      run: id,
      status: 'refused',
      ms: 0,
      done: 0,
      cached: 0,
      failed: 0,
      skipped: 0,
      cancelled: 0,
      memory: { peakBytes: 0, arena: 'not used' },
      streams: {},
      error: { code: first.code, message: first.message, causes: [] },
    };
    listener.started(id, serial, []);
    const events: RunEvent[] = [
      { event: 'run.started', run: id, graph: name, nodes: 0, cached: [] },
      ...checked.problems.map((problem): RunEvent => ({ event: 'problem', problem })),
      { event: 'run.finished', ...summary },
    ];
    listener.batch({ ...EMPTY_BATCH, events });
    return summary;
  }

  #modelsFor(context: CallContext, plan: Plan): Models {
    const call = () => ({
      runId: context.run,
      signal: context.signal,
      // A graph with a stream keeps all cores busy with items, so each of its models runs on one.
      parallel: plan.scopes.length > 1 ? ('stream' as const) : ('single' as const),
    });
    const allocate: Allocate = (dtype, shape) => context.tensor(dtype, shape);
    return {
      download: async (name) => (await import('./download-for-node.ts')).downloadForNode(name, context),
      load: async (path, options = {}) => {
        await context.fingerprint(path);
        return (await this.inference()).load(path, options.backend ?? 'auto', call());
      },
      run: async (model, inputs) => {
        return (await this.inference()).run(model, inputs, { ...call(), allocate });
      },
      benchmark: async (path, request) => (await this.inference()).benchmark(path, request, { ...call(), allocate }),
      backends: async () => (await this.inference()).backends(),
    };
  }

  /** Its code is loaded with the first model: a graph without one starts faster. */
  inference(): Promise<Inference> {
    this.#inference ??= import('../isolates/inference/inference.ts').then(
      ({ Inference }) =>
        new Inference({
          arena: this.#arena,
          spawner: this.#options.spawner,
          refuseUnsupported: this.#options.refuseUnsupported,
        }),
    );
    return this.#inference;
  }

  /** Makes room in the arena at the cost of the cache; true when that gave anything. */
  #evict(bytes: number): boolean {
    const freed = this.#results.evict(bytes, (hold) => hold.bytes);
    return freed + this.#items.evict(bytes - freed) > 0;
  }

  #makeRoom(): boolean {
    const { arena, heapBytes } = this.store.stats();
    this.#evict(arena.liveBytes + heapBytes - this.#arena.budgetBytes);
    return !this.store.overBudget;
  }

  #warn(error: unknown): void {
    process.emitWarning(`A value's dispose method failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface PlannedRun {
  readonly id: string;
  readonly serial: number;
  readonly name: string;
  readonly targets: readonly number[] | null;
  readonly request: Pick<RunRequest, 'out' | 'timeoutMs'>;
  readonly notes: readonly string[];
}

const EMPTY_BATCH: StatusBatch = {
  nodes: new Int32Array(0),
  states: new Uint8Array(0),
  attempts: new Uint8Array(0),
  ms: new Float64Array(0),
  bytes: new Float64Array(0),
  notes: new Map(),
  events: [],
};
