import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Graph } from '../../shared/graph/document.ts';
import { pinOrigins } from '../../shared/graph/pin-origin.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type {
  Catalogue,
  Explanation,
  GraphRequest,
  RunRequest,
  Validation,
} from '../../shared/protocol/engine-calls.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import type { RunMemory, RunProfile } from '../../shared/protocol/run-report.ts';
import type { StatusBatch } from '../../shared/protocol/status-batch.ts';
import { Registry } from '../registry/registry.ts';
import { searchNodes } from '../registry/search.ts';
import { Arena } from '../store/arena.ts';
import { guardInputs } from '../store/input-guard.ts';
import { ObjectStore } from '../store/object-store.ts';
import { compileGraph } from './compile-graph.ts';
import { EngineIsolates } from './engine-isolates.ts';
import type { EngineOptions } from './engine-options.ts';
import { explain } from './explain.ts';
import { exportValue, fileName } from './export-value.ts';
import { ItemCache } from './item-cache.ts';
import { mediaForNode } from './media-for-node.ts';
import { modelsForNode } from './models-for-node.ts';
import { type OpenedGraph, openGraph } from './open-graph.ts';
import type { Plan } from './plan.ts';
import type { Selection } from './prepare-run.ts';
import type { PinOrigins } from './previews/pin-places.ts';
import { Previews } from './previews/previews.ts';
import { Recorder } from './recorder.ts';
import { eventsOfRefusedRun, refusedRun } from './refused-run.ts';
import { ResultCache } from './result-cache.ts';
import { Run } from './run.ts';
import { runMemory } from './run-memory.ts';
import { selectNodes } from './select-nodes.ts';
import { TemporaryFolder } from './temporary-folder.ts';
import { WindowCameras } from './window-cameras.ts';

/** What a run tells while it goes on. */
export interface RunListener {
  /** The ids of the plan's nodes, by the indices that batches use. */
  started(run: string, serial: number, ids: readonly string[]): void;
  batch(batch: StatusBatch): void;
}

/** Bytes of free arena that an idle engine keeps for the next run; the rest goes back to the system. */
const RESERVE = 2 ** 28;
/** Items of a stream in flight: two for each process that runs models, of which there is one a core, and two around. */
const WINDOW = 2 * availableParallelism() + 2;

/** The one interpreter of graphs. A plain library: the host runs it on a worker thread, unit tests in their own. */
export class Engine {
  readonly registry: Registry;
  readonly store: ObjectStore;
  readonly previews: Previews;
  /** Null where no window is asked. */
  readonly windowCameras: WindowCameras | null;
  /** What runs models and reads and writes videos, in processes of their own. */
  readonly isolates: EngineIsolates;
  readonly #results: ResultCache;
  readonly #items: ItemCache;
  readonly #options: EngineOptions;
  readonly #runs = new Map<string, Run>();
  readonly #arena: Arena;
  #serial = 0;
  /** The last run that was recorded and is shown in no window. */
  #recorded: { readonly run: string; readonly plan: Plan; readonly recorder: Recorder } | null = null;

  private constructor(registry: Registry, options: EngineOptions) {
    this.registry = registry;
    this.#options = options;
    const { budgetBytes, poison } = options;
    const onPressure = (bytes: number) => this.#evict(bytes);
    this.#arena = new Arena(options.segments, { budgetBytes, poison, onPressure });
    this.store = new ObjectStore(this.#arena, (error) => this.#warn(error));
    this.#results = new ResultCache((hold) => this.store.release(hold));
    this.#items = new ItemCache((hold) => this.store.release(hold));
    this.previews = new Previews(options.deliverPreviews ?? (() => {}));
    this.isolates = new EngineIsolates(this.#arena, options);
    this.windowCameras = options.askCamera === undefined ? null : new WindowCameras(options.askCamera);
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
    const plan = await compileGraph(opened, request, this.registry);
    return { problems, notes, nodes: explain(plan, selectNodes(plan, request), this.#results) };
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
    let selection: Selection;
    try {
      if (opened.checked.problems.length > 0) return this.#refuse(id, serial, opened, listener);
      plan = await compileGraph(opened, request, this.registry);
      selection = selectNodes(plan, request, request.shownIn && this.previews.watchedNodes(request.shownIn));
    } catch (error) {
      if (!(error instanceof WeftError)) throw error;
      const { code, message, node } = error.toReport();
      const problems = [{ code, message, ...(node === undefined ? {} : { node }) }];
      return this.#refuse(id, serial, { ...opened, checked: { ...opened.checked, problems } }, listener);
    }
    return this.runPlan(
      plan,
      {
        id,
        serial,
        name: opened.name,
        selection,
        request,
        notes: opened.checked.notes,
        origins: () => this.#originsIn(opened.graph, request),
      },
      listener,
    );
  }

  async runPlan(
    plan: Plan,
    { id, serial, name, selection, request, notes, origins }: PlannedRun,
    listener: RunListener,
  ): Promise<RunSummary> {
    await using folder = new TemporaryFolder();
    const { shownIn } = request;
    const recorder = request.record === true ? new Recorder() : null;
    if (recorder !== null && shownIn === undefined) this.#recorded = { run: id, plan, recorder };
    const shownCameras =
      this.windowCameras === null || shownIn === undefined
        ? null
        : { cameras: this.windowCameras, window: shownIn.window };
    const emit = (event: RunEvent) => listener.batch({ ...EMPTY_BATCH, events: [event] });
    const run: Run = new Run(plan, {
      id,
      serial,
      ...selection,
      inspects: shownIn === undefined ? null : origins,
      recorder,
      window: this.#options.window ?? WINDOW,
      maxParallel: this.#options.maxParallel ?? 16,
      store: this.store,
      results: this.#results,
      items: this.#items,
      heartbeat: this.#options.heartbeat,
      watch: this.#options.checkInputs === true ? guardInputs : null,
      modelsFor: (context) => modelsForNode(context, plan, recorder, () => this.isolates.inference()),
      mediaFor: (context) => mediaForNode(context, recorder, () => this.isolates.videos(), shownCameras),
      temporaryFolder: () => folder.open(),
      output: async (output, item, value) => {
        const file = fileName(item === null ? output : `${output}-${String(item).padStart(6, '0')}`);
        const json = await exportValue(value, file, shownIn === undefined ? request.out : null);
        run.status.event({ event: 'output', name: output, ...(item === null ? {} : { item }), value: json });
      },
      report: (batch) => listener.batch(batch),
      makeRoom: () => this.#makeRoom(),
      giveUp: () => this.isolates.giveUp(id),
    });
    if (this.store.overBudget) this.#makeRoom();
    this.#runs.set(id, run);
    if (shownIn !== undefined && run.inspection !== null) this.previews.begin(shownIn, run.inspection);
    const nodes = run.nodeCount;
    listener.started(id, serial, plan.ids);
    emit({
      event: 'run.started',
      run: id,
      graph: name,
      nodes,
      cached: run.cachedNodes,
      ...(notes.length > 0 ? { notes: [...notes] } : {}),
      ...(run.liveInputs === undefined ? {} : { live: run.liveInputs }),
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
      this.windowCameras?.endRun(id);
      if (run.inspection !== null) this.previews.end(run.inspection);
      if (this.#runs.size === 0) this.#arena.trim(RESERVE);
    }
  }

  /** False when there is no such run. */
  cancel(run: string): boolean {
    const found = this.#runs.get(run);
    found?.cancel('cancelled');
    return found !== undefined;
  }

  /** Ends the live sources of a run, and so the run; false when there is no such run. */
  finish(run: string): boolean {
    const found = this.#runs.get(run);
    found?.finish();
    return found !== undefined;
  }

  setLiteral(run: string, node: string, pin: string, value: unknown): boolean {
    return this.#runs.get(run)?.setLiteral(node, pin, value) ?? false;
  }

  /** @throws E_VALUE when nothing is known of the run */
  runMemory(run: string): RunMemory {
    const inspection = this.previews.inspection(run);
    if (inspection === undefined) throw forgotten();
    const cacheBytes = this.#results.bytes + this.#items.bytes;
    return runMemory(inspection, this.store.stats(), { cacheBytes, budgetBytes: this.#arena.budgetBytes });
  }

  /** When the nodes of a run were at work, if that was recorded. @throws E_VALUE when nothing is known of the run */
  runProfile(run: string): RunProfile {
    const recorded = this.#recorded?.run === run ? this.#recorded : this.previews.inspection(run);
    if (recorded?.recorder == null) throw forgotten();
    return recorded.recorder.profile(recorded.plan.nodes);
  }

  /** Empties the cache: everything is computed anew in the next run. Returns the bytes that it gave back. */
  forgetResults(): number {
    const before = this.store.heldBytes;
    this.#results.clear();
    this.#items.clear();
    return before - this.store.heldBytes;
  }

  async close(): Promise<void> {
    for (const run of this.#runs.values()) run.cancel('cancelled');
    this.previews.close();
    this.forgetResults();
    await this.isolates.close();
    await this.store.disposalsEnded();
  }

  #originsIn(graph: Graph | null, { inputs }: RunRequest): PinOrigins {
    return graph === null ? () => null : pinOrigins(graph, (id) => this.registry.signature(id), inputs);
  }

  #refuse(id: string, serial: number, { name, checked }: OpenedGraph, listener: RunListener): RunSummary {
    const summary = refusedRun(id, checked.problems);
    listener.started(id, serial, []);
    listener.batch({ ...EMPTY_BATCH, events: eventsOfRefusedRun(name, checked.problems, summary) });
    return summary;
  }

  /** Makes room in the arena at the cost of the cache; true when that gave anything. */
  #evict(bytes: number): boolean {
    let freed = this.previews.evict(bytes);
    freed += this.#results.evict(bytes - freed, (hold) => hold.bytes);
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
  readonly selection: Selection;
  readonly request: Pick<RunRequest, 'out' | 'timeoutMs' | 'shownIn' | 'record'>;
  readonly notes: readonly string[];
  /** Asked when a pin is looked at that the plan does not have. */
  readonly origins: () => PinOrigins;
}

function forgotten(): WeftError {
  return new WeftError('E_VALUE', 'Nothing is known of this run any more: run the graph again.');
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
