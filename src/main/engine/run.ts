import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { LiveInput, NodeState, RunSummary } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import { Bodies } from './bodies.ts';
import { CallContext } from './call-context.ts';
import { type CallEndParts, CallEnds } from './call-ends.ts';
import { Calls } from './calls.ts';
import { CANCEL_GRACE } from './cancel-grace.ts';
import { ContextServices } from './context-services.ts';
import { Dataflow, type Listener } from './dataflow.ts';
import { type Blocked, FAILED, type Inputs, type Lane } from './lane.ts';
import { LiveLiterals } from './live-literals.ts';
import { asNodeError } from './node-error.ts';
import { Outcome } from './outcome.ts';
import type { Plan, PlanNode } from './plan.ts';
import { type Preparation, prepareRun } from './prepare-run.ts';
import { Inspection } from './previews/inspection.ts';
import { ReadyQueue } from './ready-queue.ts';
import { Reports } from './reports.ts';
import { memorySummary } from './run-memory.ts';
import type { RunOptions } from './run-options.ts';
import { Status } from './status.ts';
import { type StopReason, stopError } from './stop-error.ts';
import { StraightCalls } from './straight-calls.ts';
import type { StreamHost } from './stream-host.ts';
import { Streams } from './streams.ts';
import { TargetOutputs } from './target-outputs.ts';

/** Longest time, in ms, that nodes run without a turn of the event loop, so that cancel and progress get through. */
const SLICE = 8;

/**
 * One run of a plan. Event-driven and without waves: a node starts when its inputs are there and a place is free. Bodies
 * that return at once run inline, one after the other, without a promise or a timer each.
 */
export class Run implements Listener, StreamHost, CallEndParts {
  readonly run: string;
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly store: ObjectStore;
  readonly status: Status;
  readonly dataflow: Dataflow;
  /** Null when nobody will look at its values. */
  readonly inspection: Inspection | null;
  readonly bodies = new Bodies();
  readonly outcome = new Outcome();
  readonly calls: Calls;
  readonly streams: Streams;
  readonly window: number;
  readonly #options: RunOptions;
  /** Null when this run looks at each call more closely. */
  readonly #straight: StraightCalls | null;
  readonly #services: ContextServices;
  readonly #literals: LiveLiterals;
  /** Null where the outputs of single nodes are none of the run. */
  readonly #targets: TargetOutputs | null;
  readonly #abort = new AbortController();
  readonly #reports: Reports;
  readonly #ready = new ReadyQueue();
  readonly #ends: CallEnds;
  #draining = false;
  #over = false;
  #startedAt = 0;
  /** Nodes that have not ended, and deliveries of outputs under way. */
  #left: number;
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
    this.#ends = new CallEnds(this);
    this.calls = new Calls(
      {
        serial: options.serial,
        heartbeat: options.heartbeat,
        watch: options.watch,
        contextFor: (node, lane, attempt) => new CallContext(this.#services, node, lane, attempt),
        invoke: (node, inputs, context) => this.#invoke(node, inputs, context),
      },
      this.#ends,
    );
    this.#services = new ContextServices(this, options, this.#abort.signal);
    this.#literals = new LiveLiterals(this);
    this.#targets = options.targets === null || this.inspection !== null ? null : this.#targetOutputs();
    this.#straight = this.#straightCalls();
    this.streams = new Streams(this);
    this.#reports = new Reports(() => this.#tellStatus(), options.report, this.status);
    this.#left = this.preparation.count;
  }

  get stopping(): boolean {
    return this.outcome.isStopped;
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
    if (this.stopping || this.#left === 0) return;
    this.outcome.stopped(reason);
    this.runFailed(stopError(reason));
    this.#abort.abort(stopError(reason));
    this.streams.stopAll('cancel');
    this.calls.stop();
    this.#graceTimer = setTimeout(() => {
      this.#options.giveUp();
      this.calls.abandonAll();
      this.changed();
    }, CANCEL_GRACE);
    this.changed();
  }

  /** Nodes that take part, cached ones too. */
  get nodeCount(): number {
    return this.preparation.count + this.preparation.cached.size;
  }

  /** As `LiveLiterals.set`. */
  setLiteral(id: string, pin: string, value: unknown): boolean {
    return this.#literals.set(id, pin, value);
  }

  /** Ends live sources: what has entered passes through, and the run ends as it does after a last item. */
  finish(): void {
    this.streams.finishLive();
    this.changed();
  }

  /** Inputs of the graph that may change while the run goes on; undefined where no source is live. */
  get liveInputs(): LiveInput[] | undefined {
    return this.streams.hasLive ? this.#literals.inputs : undefined;
  }

  // What the parts of the run tell it.

  ready(lane: Lane, node: number): void {
    this.#ready.push(lane, node);
  }

  given(node: PlanNode, lane: Lane): void {
    this.inspection?.given(node, lane);
    this.#targets?.given(node, lane);
  }

  gateOpened(scope: number): void {
    this.streams.gateOpened(scope);
  }

  nodeEnded(node: PlanNode, state: NodeState, note?: NodeNote): void {
    this.status.end(node.index, state, note);
    this.inspection?.nodeEnded(node, note);
    this.#services.nodeEnded(node);
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
    this.outcome.failed(error);
  }

  reasonFor(node: PlanNode): string {
    return this.outcome.reasonFor(node);
  }

  contextFor(node: PlanNode, lane: Lane): CallContext {
    return new CallContext(this.#services, node, lane, 1);
  }

  keptHolds(node: PlanNode): Iterable<Hold> {
    return this.#services.keptHolds(node);
  }

  lanesOf(scope: number): readonly Lane[] {
    return this.streams.lanesOf(scope);
  }

  /** Runs what is ready, until everything waits for something. */
  changed(): void {
    if (this.#draining || this.#over) return;
    this.#draining = true;
    this.calls.resetClock();
    const end = this.calls.clock + SLICE;
    let more = true;
    while (more && this.calls.clock < end) more = this.#step();
    this.#draining = false;
    if (this.#left === 0) return this.#end();
    if (more) setImmediate(() => this.changed());
    this.#reports.later();
  }

  /** Starts one node, or asks for items when none is ready; false when there is nothing to do. */
  #step(): boolean {
    if (this.#ready.isEmpty) {
      this.#ready.rest();
      const entered = this.streams.pull();
      // The time that sources took is not that of the nodes which come now.
      this.calls.resetClock();
      return entered || !this.#ready.isEmpty;
    }
    if (this.calls.inFlight >= this.#options.maxParallel && !this.stopping) return false;
    const { lane } = this.#ready;
    const node = this.plan.nodes[this.#ready.shift()];
    const way = node.straight && this.#straight !== null && !this.stopping ? this.#straight.run(node) : 'refused';
    if (way === 'ended') this.#left--;
    else if (way === 'refused' && (lane.scope === 0 || !node.ordered || this.streams.takeTurn(node, lane)))
      this.#start(lane, node);
    return true;
  }

  #start(lane: Lane, node: PlanNode): void {
    if (this.stopping)
      return node.signature.body === 'source'
        ? this.streams.sourceBlocked(node, FAILED)
        : this.#ends.abandoned(lane, node);
    let inputs: Inputs | Blocked;
    try {
      inputs = this.dataflow.gather(node, lane);
    } catch (error) {
      return this.#ends.failed(lane, node, asNodeError(error, node.id), 1, 0);
    }
    if (typeof inputs === 'symbol') return this.#ends.blocked(lane, node, inputs);
    if (node.signature.body === 'source') return this.streams.sourceReady(node, inputs);
    const isFresh = this.preparation.fresh?.[node.index] === 1;
    const kept = lane.scope === 0 || isFresh ? undefined : this.dataflow.keptItem(node, lane);
    if (kept !== undefined) {
      this.dataflow.giveKeptItem(node, lane, kept);
      return this.#ends.cached(lane, node);
    }
    this.calls.start(lane, node, inputs);
    if (lane.scope === 0 && this.status.is(node.index, 'waiting')) this.status.set(node.index, 'running');
  }

  #straightCalls(): StraightCalls | null {
    const { serial, heartbeat, watch, targets } = this.#options;
    if (watch !== null || (targets !== null && this.inspection === null)) return null;
    const { dataflow, status } = this;
    return new StraightCalls({ services: this.#services, serial, heartbeat, dataflow, calls: this.calls, status });
  }

  #invoke(node: PlanNode, inputs: Inputs, context: CallContext): unknown {
    if (node.output !== null) return this.#options.output(node.output, context.item, inputs.value);
    if (node.signature.body === 'run') return this.bodies.run(node, inputs, context);
    if (node.scope === 0) return this.bodies.alone(node, inputs, context, this.outcome);
    return this.bodies.call(node, inputs, () => this.dataflow.heldInputs(node, inputs), context);
  }

  #targetOutputs(): TargetOutputs {
    return new TargetOutputs(this.#options, {
      begun: () => this.#left++,
      failed: (node, error) => this.runFailed(asNodeError(error, node.id)),
      ended: () => {
        this.#left--;
        this.changed();
      },
    });
  }

  /** What is known of nodes and streams without an event of their own. */
  #tellStatus(): void {
    for (const node of this.calls.nodesInFlight) this.#reports.running(node.id);
    for (const node of this.streams.atWork()) this.#reports.running(node.id);
    this.streams.reportProgress();
  }

  #end(): void {
    this.#over = true;
    this.#services.close();
    clearTimeout(this.#graceTimer);
    this.#reports.last();
    this.#ended.resolve(this.#summary());
  }

  #summary(): RunSummary {
    const { done, cached, failed, skipped, cancelled } = this.status.counts();
    const { error } = this.outcome;
    return {
      run: this.run,
      status: this.outcome.status,
      ms: performance.now() - this.#startedAt,
      ...{ done, cached, failed, skipped, cancelled },
      memory: memorySummary(this.store.stats()),
      streams: this.streams.summary(),
      ...(error === null ? {} : { error: error.toReport() }),
    };
  }
}
