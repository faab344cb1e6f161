import type { Models } from '../../shared/node-api/context.ts';
import { type CloseReason, SKIP } from '../../shared/node-api/define-node.ts';
import type { Media } from '../../shared/node-api/media.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { LiveInput, MemorySummary, NodeState, RunStatus, RunSummary } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import { KeptValues } from '../store/kept-values.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import { Bodies } from './bodies.ts';
import { CallContext, type RunServices } from './call-context.ts';
import { type CallListener, Calls } from './calls.ts';
import { CANCEL_GRACE } from './cancel-grace.ts';
import { Dataflow, type Listener } from './dataflow.ts';
import { type Blocked, FAILED, type Inputs, type Lane } from './lane.ts';
import { takesLiteral, takesValue, usesPerItem } from './live-literal.ts';
import { asNodeError } from './node-error.ts';
import type { Plan, PlanNode } from './plan.ts';
import { type Preparation, prepareRun } from './prepare-run.ts';
import { Inspection } from './previews/inspection.ts';
import { Reports } from './reports.ts';
import { arenaPath } from './run-memory.ts';
import type { RunOptions } from './run-options.ts';
import { Status } from './status.ts';
import { type StopReason, stopError } from './stop-error.ts';
import { StraightCalls } from './straight-calls.ts';
import type { StreamHost } from './stream-host.ts';
import { Streams } from './streams.ts';

/** Longest time, in ms, that nodes run without a turn of the event loop, so that cancel and progress get through. */
const SLICE = 8;

/**
 * One run of a plan. Event-driven and without waves: a node starts when its inputs are there and a place is free. Bodies
 * that return at once run inline, one after the other, without a promise or a timer each.
 */
export class Run implements RunServices, Listener, CallListener, StreamHost {
  readonly run: string;
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly store: ObjectStore;
  readonly status: Status;
  readonly dataflow: Dataflow;
  /** Null when nobody will look at its values. */
  readonly inspection: Inspection | null;
  readonly bodies = new Bodies();
  readonly window: number;
  readonly #options: RunOptions;
  readonly #calls: Calls;
  /** Null when this run looks at each call more closely. */
  readonly #straight: StraightCalls | null;
  readonly #streams: Streams;
  readonly #abort = new AbortController();
  readonly #reports: Reports;
  readonly #kept = new Map<PlanNode, KeptValues>();
  /** By node: the failed node because of which it did not run. */
  readonly #causes = new Map<number, PlanNode>();
  readonly #readyLanes: Lane[] = [];
  readonly #readyNodes: number[] = [];
  #head = 0;
  #draining = false;
  #over = false;
  #startedAt = 0;
  /** Nodes that have not ended, and deliveries of outputs under way. */
  #left: number;
  #stopped: StopReason | null = null;
  #error: WeftError | null = null;
  #degraded = false;
  #graceTimer: NodeJS.Timeout | undefined;
  readonly #ended = Promise.withResolvers<RunSummary>();

  constructor(plan: Plan, options: RunOptions) {
    this.run = options.id;
    this.plan = plan;
    this.window = options.window;
    this.store = options.store;
    this.#options = options;
    this.preparation = prepareRun(plan, options, options.results);
    this.status = new Status(plan.nodes.length, options.recorder);
    this.dataflow = new Dataflow(plan, this.preparation, options.store, options.items, this);
    this.inspection =
      options.inspects === null ? null : new Inspection(this, { ...options, originsOf: options.inspects });
    this.#calls = new Calls(
      {
        serial: options.serial,
        heartbeat: options.heartbeat,
        watch: options.watch,
        contextFor: (node, lane, attempt) => new CallContext(this, node, lane, attempt),
        invoke: (node, inputs, context) => this.#invoke(node, inputs, context),
      },
      this,
    );
    this.#straight = this.#straightCalls();
    this.#streams = new Streams(this);
    this.#reports = new Reports(() => this.#tellStatus(), options.report, this.status);
    this.#left = this.preparation.count;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopping(): boolean {
    return this.#stopped !== null;
  }

  /** Ids of the nodes whose outputs come from the cache: known before anything runs. */
  get cachedNodes(): string[] {
    return [...this.preparation.cached.keys()].sort((a, b) => a - b).map((index) => this.plan.nodes[index].id);
  }

  /** Runs to the end; never rejects. */
  start(): Promise<RunSummary> {
    this.#startedAt = performance.now();
    this.dataflow.main.keeps = this.plan.keepsSlot;
    for (const [index, entry] of this.preparation.cached) {
      this.status.end(index, 'cached');
      this.dataflow.giveKept(this.plan.nodes[index], entry);
    }
    // Not before: it may take the place of a run whose results were just used.
    this.#options.results.add(this.plan, this.dataflow.main);
    for (const index of this.preparation.first) this.ready(this.dataflow.main, index);
    this.changed();
    return this.#ended.promise;
  }

  /** Ends the run: signals fire at once; what has not ended after the grace is given up. */
  cancel(reason: StopReason): void {
    if (this.#stopped !== null || this.#left === 0) return;
    this.#stopped = reason;
    this.runFailed(stopError(reason));
    this.#abort.abort(stopError(reason));
    this.#streams.stopAll('cancel');
    this.#calls.stop();
    this.#graceTimer = setTimeout(() => {
      this.#options.giveUp();
      this.#calls.abandonAll();
      this.changed();
    }, CANCEL_GRACE);
    this.changed();
  }

  /** Nodes that take part, cached ones too. */
  get nodeCount(): number {
    return this.preparation.count + this.preparation.cached.size;
  }

  /**
   * A changed literal counts from the next item, and so does that of a graph's input whose value is used item by item.
   * False when it does not fit, and for a node that keeps what it was given, has run already or takes no part: restart
   * then.
   */
  setLiteral(id: string, pin: string, value: unknown): boolean {
    const node = this.plan.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) return false;
    if (this.#hasEnded(node)) {
      const changes = takesValue(node, pin, value) && this.#isUsedByItems(node);
      if (changes) this.dataflow.changeHeld(node, value);
      return changes;
    }
    if (this.preparation.runs[node.index] === 0) return false;
    if (!usesPerItem(node, pin) || !this.status.is(node.index, 'waiting')) return false;
    if (!takesLiteral(node, pin, value)) return false;
    this.dataflow.setLiteral(node, pin, value);
    return true;
  }

  /** The node ran once, or its result came from the cache. */
  #hasEnded({ index, scope }: PlanNode): boolean {
    return scope === 0 && (this.status.is(index, 'done') || this.status.is(index, 'cached'));
  }

  /** Nobody has used the value for good: all that follows runs item by item, and has items to come. */
  #isUsedByItems(node: PlanNode): boolean {
    const { starts, targets } = this.plan.wires;
    const followers = Array.from(
      targets.subarray(starts[node.index], starts[node.index + 1]),
      (k) => this.plan.nodes[k],
    );
    const taking = followers.filter(({ index }) => this.preparation.runs[index] === 1);
    const usesItByItem = (follower: PlanNode) =>
      follower.wires.every(({ producer, input }) => producer !== node.index || usesPerItem(follower, input));
    const byItems = taking.every(
      (follower) => follower.scope !== 0 && this.status.is(follower.index, 'waiting') && usesItByItem(follower),
    );
    return taking.length > 0 && byItems;
  }

  /** Ends live sources: what has entered passes through, and the run ends as it does after a last item. */
  finish(): void {
    this.#streams.finishLive();
    this.changed();
  }

  /** Inputs of the graph that may change while the run goes on; undefined where no source is live. */
  get liveInputs(): LiveInput[] | undefined {
    if (!this.#streams.hasLive) return undefined;
    return (
      this.plan.graph.inputs
        .map(({ name, node }) => ({ name, node: this.plan.nodes[node] }))
        .filter(({ node }) => this.#isUsedByItems(node))
        // Sound: a literal comes from the document or the request, which are JSON, and an input without a value is refused.
        .map(({ name, node }) => ({ name, node: node.id, value: node.inputs.default as JsonValue }))
    );
  }

  // What the parts of the run tell it.

  ready(lane: Lane, node: number): void {
    this.#readyLanes.push(lane);
    this.#readyNodes.push(node);
  }

  gateOpened(scope: number): void {
    this.#streams.gateOpened(scope);
  }

  returned(lane: Lane, node: PlanNode, context: CallContext, result: unknown, attempt: number, ms: number): void {
    let bytes = 0;
    if (node.outScope === 0 && lane.scope !== 0) {
      this.#streams.folded(node, lane, context.files);
    } else {
      try {
        bytes =
          node.outScope === lane.scope
            ? this.dataflow.give(node, lane, result, context)
            : this.#streams.begin(node, lane, result, context);
      } catch (error) {
        context.close();
        return this.failed(lane, node, asNodeError(error, node.id), attempt, ms);
      }
    }
    context.close();
    if (lane.scope !== 0) this.#streams.itemPassed(node);
    this.#endedOnce(lane, node, 'done', attempt, ms, bytes);
  }

  failed(lane: Lane, node: PlanNode, error: WeftError, attempt: number, ms: number): void {
    if (this.stopping) return this.abandoned(lane, node);
    this.#causes.set(node.index, node);
    this.inspection?.failed(node, lane, error);
    this.dataflow.block(node, lane, FAILED);
    if (lane.scope === 0 || node.policy.onError !== 'skip') this.runFailed(error);
    else this.#degraded = true;
    if (lane.scope !== 0) {
      this.dataflow.spoil(node.index);
      this.#streams.itemFailed(node, lane, error);
      const { item } = lane;
      this.status.event({ event: 'item.failed', node: node.id, item, attempt, error: error.toReport() });
    }
    this.#endedOnce(lane, node, 'failed', attempt, ms, 0, { error: error.toReport() });
  }

  abandoned(lane: Lane, node: PlanNode): void {
    this.dataflow.block(node, lane, FAILED);
    this.#endedOnce(lane, node, 'cancelled', 1, 0, 0);
  }

  retrying(lane: Lane, node: PlanNode, error: WeftError, attempt: number): void {
    if (lane.scope === 0) this.status.set(node.index, 'retrying');
    const item = lane.scope === 0 ? {} : { item: lane.item };
    this.status.event({ event: 'node.retrying', node: node.id, attempt, ...item, error: error.toReport() });
  }

  nodeEnded(node: PlanNode, state: NodeState, note?: NodeNote): void {
    this.status.end(node.index, state, note);
    this.inspection?.nodeEnded(node, note);
    if (this.#kept.size > 0) {
      this.#kept.get(node)?.close();
      this.#kept.delete(node);
    }
    this.#left--;
  }

  watched<T>(node: PlanNode, work: () => T): T {
    const { heartbeat, serial } = this.#options;
    heartbeat.enter(serial, node.index, node.policy.timeout);
    try {
      return work();
    } finally {
      heartbeat.leave();
    }
  }

  makeRoom(): boolean {
    return this.#options.makeRoom();
  }

  runFailed(error: WeftError): void {
    this.#error ??= error;
  }

  reasonFor(node: PlanNode): string {
    const cause = this.#causeOf(node);
    return cause === undefined ? 'The branch it is on was not taken.' : `${cause.id} failed.`;
  }

  contextFor(node: PlanNode, lane: Lane): CallContext {
    return new CallContext(this, node, lane, 1);
  }

  modelsFor(context: CallContext): Models {
    return this.#options.modelsFor(context);
  }

  mediaFor(context: CallContext): Media {
    return this.#options.mediaFor(context);
  }

  temporaryFolder(): Promise<string> {
    return this.#options.temporaryFolder();
  }

  keptBy(node: PlanNode): KeptValues {
    let kept = this.#kept.get(node);
    if (kept === undefined) {
      kept = new KeptValues(this.store);
      this.#kept.set(node, kept);
      if (this.#over) kept.close();
    }
    return kept;
  }

  keptHolds(node: PlanNode): Iterable<Hold> {
    return this.#kept.get(node)?.holds ?? [];
  }

  lanesOf(scope: number): readonly Lane[] {
    return this.#streams.lanesOf(scope);
  }

  holdsOf(context: CallContext): (Hold | null)[] {
    return this.dataflow.holdsOf(context.node, context.lane);
  }

  log(context: CallContext, level: 'debug' | 'info' | 'warning', message: string): void {
    const item = context.item === null ? {} : { item: context.item };
    this.status.event({ event: 'log', node: context.node.id, level, message, ...item });
  }

  progress(context: CallContext, done: number | null, note: string | undefined): void {
    const { node, item } = context;
    const of = item === null ? {} : { item, stream: this.plan.nodes[this.plan.scopes[node.scope].source].id };
    this.status.progress({ node: node.id, done, ...(note === undefined ? {} : { note }), ...of });
  }

  waits({ node }: CallContext, error: WeftError | null): void {
    this.status.event({ event: 'node.waiting', node: node.id, error: error?.at({ node: node.id }).toReport() ?? null });
  }

  fileIs({ node }: CallContext, state: 'begun' | 'complete', path: string): void {
    this.status.event({ event: 'file', node: node.id, path, state });
  }

  /** Runs what is ready, until everything waits for something. */
  changed(): void {
    if (this.#draining || this.#over) return;
    this.#draining = true;
    this.#calls.resetClock();
    const end = this.#calls.clock + SLICE;
    let more = true;
    while (more && this.#calls.clock < end) more = this.#step();
    this.#draining = false;
    if (this.#left === 0) return this.#end();
    if (more) setImmediate(() => this.changed());
    this.#reports.later();
  }

  /** Starts one node, or asks for items when none is ready; false when there is nothing to do. */
  #step(): boolean {
    if (this.#head === this.#readyNodes.length) {
      this.#readyLanes.length = 0;
      this.#readyNodes.length = 0;
      this.#head = 0;
      const entered = this.#streams.pull();
      // The time that sources took is not that of the nodes which come now.
      this.#calls.resetClock();
      return entered || this.#readyNodes.length > 0;
    }
    if (this.#calls.inFlight >= this.#options.maxParallel && !this.stopping) return false;
    const lane = this.#readyLanes[this.#head];
    const node = this.plan.nodes[this.#readyNodes[this.#head++]];
    const way = node.straight && this.#straight !== null && !this.stopping ? this.#straight.run(node) : 'refused';
    if (way === 'ended') this.#left--;
    else if (way === 'refused' && (lane.scope === 0 || !node.ordered || this.#streams.takeTurn(node, lane)))
      this.#start(lane, node);
    return true;
  }

  #start(lane: Lane, node: PlanNode): void {
    if (this.stopping)
      return node.signature.body === 'source' ? this.#streams.sourceBlocked(node, FAILED) : this.abandoned(lane, node);
    let inputs: Inputs | Blocked;
    try {
      inputs = this.dataflow.gather(node, lane);
    } catch (error) {
      return this.failed(lane, node, asNodeError(error, node.id), 1, 0);
    }
    if (typeof inputs === 'symbol') return this.#blocked(lane, node, inputs);
    if (node.signature.body === 'source') return this.#streams.sourceReady(node, inputs);
    const isFresh = this.preparation.fresh?.[node.index] === 1;
    const kept = lane.scope === 0 || isFresh ? undefined : this.dataflow.keptItem(node, lane);
    if (kept !== undefined) {
      this.dataflow.giveKeptItem(node, lane, kept);
      this.#streams.itemPassed(node);
      return this.#endedOnce(lane, node, 'cached', 1, 0, 0);
    }
    this.#calls.start(lane, node, inputs);
    if (lane.scope === 0 && this.status.is(node.index, 'waiting')) this.status.set(node.index, 'running');
  }

  #straightCalls(): StraightCalls | null {
    const { serial, heartbeat, watch, targets } = this.#options;
    if (watch !== null || (targets !== null && this.inspection === null)) return null;
    const { dataflow, status } = this;
    return new StraightCalls({ services: this, serial, heartbeat, dataflow, calls: this.#calls, status });
  }

  #blocked(lane: Lane, node: PlanNode, why: Blocked): void {
    if (node.signature.body === 'source') return this.#streams.sourceBlocked(node, why);
    if (node.outScope === lane.scope) this.dataflow.block(node, lane, why);
    else this.#streams.folded(node, lane, null);
    const note = lane.scope === 0 ? { reason: this.reasonFor(node) } : undefined;
    this.#endedOnce(lane, node, 'skipped', 1, 0, 0, note);
  }

  #invoke(node: PlanNode, inputs: Inputs, context: CallContext): unknown {
    if (node.output !== null) return this.#options.output(node.output, context.item, inputs.value);
    if (node.signature.body === 'run') return this.bodies.run(node, inputs, context);
    if (node.scope === 0) return this.#alone(node, inputs, context);
    return this.bodies.call(node, inputs, () => this.dataflow.heldInputs(node, inputs), context);
  }

  /** A node made for streams that is fed a single value is opened, given it, and closed. */
  async #alone(node: PlanNode, inputs: Inputs, context: CallContext): Promise<unknown> {
    const held = () => inputs;
    let reason: CloseReason = 'error';
    try {
      const processed = await this.bodies.call(node, inputs, held, context);
      const outputs = node.signature.body === 'collect' ? await this.bodies.result(node, held, context) : processed;
      reason = 'end';
      return outputs;
    } finally {
      await this.bodies.close(node, this.stopping ? 'cancel' : reason);
    }
  }

  /** The node is through: with one item of its stream, or for good where it runs once. */
  #endedOnce(
    lane: Lane,
    node: PlanNode,
    state: NodeState,
    attempt: number,
    ms: number,
    bytes: number,
    note?: NodeNote,
  ): void {
    const ran = state === 'done' || state === 'failed';
    if (ran) this.status.add(node.index, lane.item, ms, this.#calls.clock, bytes);
    if (attempt > 1) this.status.attempt(node.index, attempt);
    this.dataflow.consume(node, lane);
    if (lane.scope !== 0) return this.#streams.itemEnded(node, lane);
    if (state === 'failed' || state === 'cancelled') this.#closeGivenUp(node);
    this.dataflow.orderAfter(node);
    this.nodeEnded(node, state, note);
  }

  /** A node that was opened for a single value and whose body has not returned. */
  #closeGivenUp(node: PlanNode): void {
    Promise.try(() => this.bodies.close(node, this.stopping ? 'cancel' : 'error')).catch((error) =>
      this.runFailed(asNodeError(error, node.id)),
    );
  }

  /**
   * The outputs of a node that was run to are outputs of the run, named `node.pin`, unless there is a window to look at
   * them.
   */
  given(node: PlanNode, lane: Lane): void {
    if (this.inspection !== null) return this.inspection.given(node, lane);
    if (this.#options.targets?.includes(node.index) !== true) return;
    for (const { name, slot } of node.outputs) {
      const value = lane.values[slot];
      if (value === SKIP || value === undefined) continue;
      const hold = lane.holds[slot];
      if (hold !== null) this.store.retain(hold);
      this.#left++;
      const item = lane.scope === 0 ? null : lane.item;
      Promise.try(() => this.#options.output(`${node.id}.${name}`, item, value))
        .catch((error) => this.runFailed(asNodeError(error, node.id)))
        .finally(() => {
          if (hold !== null) this.store.release(hold);
          this.#left--;
          this.changed();
        });
    }
  }

  #causeOf(node: PlanNode): PlanNode | undefined {
    const before = node.wires.map(({ producer }) => this.#causes.get(producer));
    const cause = before.find((failed) => failed !== undefined) ?? this.#causes.get(node.index);
    if (cause !== undefined) this.#causes.set(node.index, cause);
    return cause;
  }

  /** What is known of nodes and streams without an event of their own. */
  #tellStatus(): void {
    for (const node of this.#calls.nodesInFlight) this.#reports.running(node.id);
    for (const node of this.#streams.atWork()) this.#reports.running(node.id);
    this.#streams.reportProgress();
  }

  #end(): void {
    this.#over = true;
    for (const kept of this.#kept.values()) kept.close();
    clearTimeout(this.#graceTimer);
    this.#reports.last();
    this.#ended.resolve(this.#summary());
  }

  #summary(): RunSummary {
    const { done, cached, failed, skipped, cancelled } = this.status.counts();
    return {
      run: this.run,
      status: this.#runStatus(),
      ms: performance.now() - this.#startedAt,
      ...{ done, cached, failed, skipped, cancelled },
      memory: memoryOf(this.store),
      streams: this.#streams.summary(),
      ...(this.#error === null ? {} : { error: this.#error.toReport() }),
    };
  }

  #runStatus(): RunStatus {
    if (this.#stopped !== null) return this.#stopped;
    if (this.#error !== null) return 'failed';
    return this.#degraded ? 'degraded' : 'done';
  }
}

function memoryOf(store: ObjectStore): MemorySummary {
  const { arena, heapPeakBytes } = store.stats();
  return {
    peakBytes: arena.peakBytes + heapPeakBytes,
    arena: arenaPath(arena),
  };
}
