import type { CloseReason } from '../../shared/node-api/define-node.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeState, StreamSummary } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Bodies } from './bodies.ts';
import type { CallContext } from './call-context.ts';
import type { Dataflow } from './dataflow.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { type Blocked, FAILED, type Inputs, type Lane } from './lane.ts';
import { asNodeError, timeoutError } from './node-error.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { Preparation } from './prepare-run.ts';
import type { Status } from './status.ts';
import { Stream, type WaitingItem } from './stream.ts';

/** The run that the streams are part of. */
export interface StreamHost {
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly store: ObjectStore;
  readonly status: Status;
  readonly dataflow: Dataflow;
  readonly bodies: Bodies;
  /** Items of one stream in flight. */
  readonly window: number;
  readonly stopping: boolean;
  contextFor(node: PlanNode, lane: Lane): CallContext;
  ready(lane: Lane, node: number): void;
  /** Calls a piece of a node's code that returns at once, with the host watching. */
  watched<T>(node: PlanNode, work: () => T): T;
  /** The node has ended for good. */
  nodeEnded(node: PlanNode, state: NodeState, note?: NodeNote): void;
  /** Empties the cache as far as it takes; true when that brought the store under its budget. */
  makeRoom(): boolean;
  /** An error that makes the run fail. */
  runFailed(error: WeftError): void;
  /** Sentence why a node could not run. */
  reasonFor(node: PlanNode): string;
  /** Something ended outside of a call from the run. */
  changed(): void;
}

/** What a node of a stream has come to so far. */
interface Tally {
  passed: number;
  failed: number;
  error: WeftError | null;
}

/** The streams of one run: asks sources for items while there is room, and ends each stream when its last item has left. */
export class Streams {
  readonly #host: StreamHost;
  /** By scope; scope 0 is no stream, and neither is one whose source does not run. */
  readonly #streams: (Stream | null)[];
  /** By node. */
  readonly #tallies: (Tally | undefined)[] = [];

  constructor(host: StreamHost) {
    this.#host = host;
    const { plan, preparation, window } = host;
    this.#streams = plan.scopes.map(({ source }, scope) =>
      source < 0 || preparation.runs[source] === 0
        ? null
        : new Stream(scope, plan.nodes[source], preparation.gates[scope], preparation.templates[scope], window),
    );
  }

  /** One of the things that the stream waits for has ended. */
  gateOpened(scope: number): void {
    const stream = this.#at(scope);
    if (--stream.gate === 0) this.#open(stream);
  }

  sourceReady(source: PlanNode, inputs: Inputs): void {
    this.#at(source.outScope).inputs = inputs;
    this.gateOpened(source.outScope);
  }

  /** The source cannot run, so neither can anything in its stream. */
  sourceBlocked(source: PlanNode, why: Blocked): void {
    this.#at(source.outScope).blocked = why;
    this.gateOpened(source.outScope);
  }

  /** Asks the sources for one item each, where there is room; true when one entered at once. */
  pull(): boolean {
    let entered = false;
    for (const stream of this.#streams) {
      if (stream === null) continue;
      if (stream.waiting !== null) entered = this.#enterWaiting(stream, stream.waiting) || entered;
      if (stream.intake === 'open' && (stream.isLive || this.#hasRoom(stream))) {
        entered = this.#pullFrom(stream) || entered;
      }
    }
    return entered;
  }

  /** False when the item came too early to an ordered node: it is made ready again when it is its turn. */
  takeTurn(node: PlanNode, lane: Lane): boolean {
    return this.#at(lane.scope).takeTurn(node.local, lane);
  }

  itemPassed(node: PlanNode): void {
    this.#tally(node).passed++;
  }

  itemFailed(node: PlanNode, lane: Lane, error: WeftError): void {
    const tally = this.#tally(node);
    tally.failed++;
    tally.error ??= error;
    const stream = this.#at(lane.scope);
    if (!lane.failed) stream.failedItems++;
    lane.failed = true;
    if (node.policy.onError !== 'skip') stream.stop('error');
  }

  /** The node is through with the item, however that went. */
  itemEnded(node: PlanNode, lane: Lane): void {
    const stream = this.#at(lane.scope);
    this.#host.dataflow.orderWithin(node, lane);
    if (node.ordered) {
      const next = stream.passTurn(node.local);
      if (next !== undefined) this.#host.ready(next, node.index);
    }
    if (--lane.left === 0) this.#itemLeft(stream, lane);
  }

  /** No further items enter any stream; those in flight end as they can. */
  stop(reason: CloseReason): void {
    for (const stream of this.#streams) {
      if (stream === null || stream.intake === 'closed') continue;
      stream.stop(reason);
      this.#endIfDone(stream);
    }
  }

  summary(): Record<string, StreamSummary> {
    const summaries: Record<string, StreamSummary> = {};
    for (const stream of this.#streams) {
      if (stream === null) continue;
      summaries[stream.source.id] = {
        items: stream.items,
        failed: stream.failedItems,
        dropped: stream.dropped,
        fps: stream.fps,
      };
    }
    return summaries;
  }

  /** The source of each stream that items come from, and the nodes that have had one. */
  *atWork(): Iterable<PlanNode> {
    const { plan } = this.#host;
    for (const stream of this.#streams) {
      if (stream === null || stream.ending || stream.intake === 'closed') continue;
      yield stream.source;
      for (const index of plan.scopes[stream.scope].nodes) {
        if (this.#tallies[index] !== undefined) yield plan.nodes[index];
      }
    }
  }

  /** How far each stream is that has moved since the last call. */
  reportProgress(): void {
    for (const stream of this.#streams) {
      const seen = stream === null ? 0 : stream.items + stream.dropped;
      if (stream === null || seen === stream.reportedItems) continue;
      stream.reportedItems = seen;
      this.#host.status.event({
        event: 'stream.progress',
        node: stream.source.id,
        items: stream.items,
        ...(stream.total === undefined ? {} : { total: stream.total }),
        fps: stream.fps,
        failed: stream.failedItems,
        dropped: stream.dropped,
      });
    }
  }

  #open(stream: Stream): void {
    const { bodies } = this.#host;
    stream.startedAt = performance.now();
    if (this.#host.stopping || stream.blocked !== null || stream.inputs === null) {
      stream.stop('end');
      return this.#endIfDone(stream);
    }
    const context = this.#host.contextFor(stream.source, this.#host.dataflow.main);
    stream.context = context;
    try {
      const { source, inputs } = stream;
      stream.iterator = this.#host.watched(source, () => iteratorOf(bodies.source(source, inputs, context)));
      stream.counted = bodies.countOf(stream.source, stream.inputs);
      stream.intake = 'open';
      this.#host.status.set(stream.source.index, 'running');
    } catch (error) {
      this.#sourceThrew(stream, error);
    }
  }

  /** Over budget, the cache gives first; then a stream goes on only when it holds nothing that will be given back. */
  #hasRoom(stream: Stream): boolean {
    return stream.hasFreeLane && (!this.#host.store.overBudget || this.#host.makeRoom() || stream.idle);
  }

  #pullFrom(stream: Stream): boolean {
    let next: IteratorResult<unknown> | Promise<IteratorResult<unknown>> | undefined;
    const started = performance.now();
    try {
      next = this.#host.watched(stream.source, () => stream.iterator?.next());
    } catch (error) {
      this.#sourceThrew(stream, error);
      return true;
    }
    if (!(next instanceof Promise)) {
      this.#arrived(stream, next ?? { done: true, value: undefined }, performance.now() - started);
      return true;
    }
    stream.intake = 'pulling';
    const { timeout } = stream.source.policy;
    const expire = () => settle(() => this.#sourceFailed(stream, timeoutError(stream.source)));
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout * 1000);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      // The stream was stopped meanwhile: nobody takes the item any more.
      if (stream.intake !== 'pulling') return stream.context?.close();
      stream.intake = 'open';
      then();
      this.#host.changed();
    };
    next.then(
      (item) => settle(() => this.#arrived(stream, item, performance.now() - started)),
      (error: unknown) => settle(() => this.#sourceThrew(stream, error)),
    );
    return false;
  }

  #arrived(stream: Stream, next: IteratorResult<unknown>, ms: number): void {
    if (next.done === true) {
      stream.iterator = null;
      stream.context?.close();
      stream.stop('end');
      return this.#endIfDone(stream);
    }
    const { context } = stream;
    if (context === null) throw new Error('An item arrived from a source that was not opened.');
    const { scope } = context;
    context.scope = null;
    const item: WaitingItem = { value: next.value, scope, ms };
    if (stream.isLive) stream.offer(item);
    else this.#enter(stream, context, item);
  }

  /** Lets the item of a live source in when there is room and it is time; true when it went. */
  #enterWaiting(stream: Stream, item: WaitingItem): boolean {
    const { context } = stream;
    if (context === null || !this.#hasRoom(stream)) return false;
    const wait = stream.holdBack;
    if (wait > 0) {
      stream.wakeAfter(wait, () => this.#host.changed());
      return false;
    }
    stream.waiting = null;
    this.#enter(stream, context, item);
    return true;
  }

  #enter(stream: Stream, context: CallContext, { value, scope, ms }: WaitingItem): void {
    const { source } = stream;
    // A live source may be at work on its next item already, in memory of that.
    const later = context.scope;
    context.scope = scope;
    const lane = stream.admit();
    try {
      const bytes = this.#host.dataflow.give(source, lane, value, context);
      this.#host.status.add(source.index, lane.item, ms, bytes);
    } catch (error) {
      stream.dismiss(lane);
      return this.#sourceFailed(stream, error);
    } finally {
      context.close();
      context.scope = later;
    }
    if (lane.left === 0) this.#itemLeft(stream, lane);
  }

  /** There is nothing left of the iterator that could be ended. */
  #sourceThrew(stream: Stream, thrown: unknown): void {
    stream.iterator = null;
    stream.context?.close();
    this.#sourceFailed(stream, thrown);
  }

  /** Memory of a source that is still at work on an item is given back when it lets go of it. */
  #sourceFailed(stream: Stream, thrown: unknown): void {
    const error = asNodeError(thrown, stream.source.id);
    this.#tally(stream.source).error = error;
    this.#host.runFailed(error);
    stream.stop('error');
    this.#endIfDone(stream);
  }

  #itemLeft(stream: Stream, lane: Lane): void {
    stream.leave(lane);
    this.#endIfDone(stream);
  }

  #endIfDone(stream: Stream): void {
    if (stream.ending || !stream.finished) return;
    stream.ending = true;
    void this.#end(stream);
  }

  /** Closes the stream's nodes in order, takes the result of its folds, and tells what each node has come to. */
  async #end(stream: Stream): Promise<void> {
    const { plan, preparation, dataflow } = this.#host;
    const reason = this.#host.stopping ? 'cancel' : stream.reason;
    // The generator's own clean-up; a hanging one must not hold up the end of the stream.
    Promise.try(() => stream.iterator?.return?.())
      .catch((error) => this.#host.runFailed(asNodeError(error, stream.source.id)))
      .finally(() => stream.context?.close());
    for (const index of plan.scopes[stream.scope].nodes) {
      if (preparation.runs[index] === 0) continue;
      const node = plan.nodes[index];
      const error = await this.#close(node, reason);
      if (error !== null) this.#host.runFailed(error);
      const own = error ?? (node.policy.onError === 'skip' ? null : (this.#tallies[index]?.error ?? null));
      if (node.signature.body === 'collect' && own === null) await this.#giveFold(node, stream, reason);
      else this.#endNode(node, stream, reason, own);
      dataflow.consumeHeld(node);
      dataflow.orderAfter(node);
    }
    const error = this.#tallies[stream.source.index]?.error ?? null;
    dataflow.consume(stream.source, dataflow.main);
    this.#endNode(stream.source, stream, reason, error);
    dataflow.orderAfter(stream.source);
    this.#host.changed();
  }

  async #close(node: PlanNode, reason: CloseReason): Promise<WeftError | null> {
    try {
      await this.#host.bodies.close(node, reason);
      return null;
    } catch (error) {
      return asNodeError(error, node.id);
    }
  }

  async #giveFold(node: PlanNode, stream: Stream, reason: CloseReason): Promise<void> {
    const { dataflow, bodies } = this.#host;
    const inputs = stream.blocked === null && reason === 'end' ? dataflow.gatherHeld(node) : FAILED;
    if (typeof inputs === 'symbol') {
      const files = dataflow.filesOf(stream.source, dataflow.main, null);
      dataflow.block(node, dataflow.main, stream.blocked ?? inputs, dataflow.filesOf(node, dataflow.main, files));
      if (reason === 'cancel') return this.#host.nodeEnded(node, 'cancelled');
      const why = reason === 'error' ? `The stream of ${stream.source.id} was stopped.` : this.#host.reasonFor(node);
      return this.#host.nodeEnded(node, 'skipped', { reason: why });
    }
    const context = this.#host.contextFor(node, dataflow.main);
    const files = dataflow.filesOf(stream.source, dataflow.main, stream.context?.files ?? null);
    context.files = joinTraces(files, stream.foldedFiles.get(node.index) ?? null);
    const started = performance.now();
    try {
      const result = await bodies.result(node, () => inputs, context);
      const bytes = dataflow.give(node, dataflow.main, result, context);
      this.#host.status.add(node.index, -1, performance.now() - started, bytes);
      this.#host.nodeEnded(node, 'done', this.#counts(node, stream));
    } catch (thrown) {
      const error = asNodeError(thrown, node.id);
      this.#host.runFailed(error);
      dataflow.block(node, dataflow.main, FAILED);
      this.#host.nodeEnded(node, 'failed', { error: error.toReport() });
    } finally {
      context.close();
    }
  }

  #endNode(node: PlanNode, stream: Stream, reason: CloseReason, error: WeftError | null): void {
    const { passed = 0, failed = 0 } = this.#tallies[node.index] ?? {};
    const isSource = node === stream.source;
    if (node.outScope === 0) this.#host.dataflow.block(node, this.#host.dataflow.main, FAILED);
    const counts = this.#counts(node, stream);
    if (error !== null) {
      this.#host.nodeEnded(node, 'failed', { ...counts, error: error.toReport() });
    } else if (reason === 'cancel') {
      this.#host.nodeEnded(node, 'cancelled', counts);
    } else if (stream.blocked !== null || (!isSource && passed + failed === 0 && stream.items > 0)) {
      this.#host.nodeEnded(node, 'skipped', { reason: this.#host.reasonFor(node) });
    } else {
      this.#host.nodeEnded(node, 'done', counts);
    }
  }

  #counts(node: PlanNode, stream: Stream): NodeNote {
    const { passed = 0, failed = 0 } = this.#tallies[node.index] ?? {};
    return { items: node === stream.source ? stream.items : passed, ...(failed === 0 ? {} : { failedItems: failed }) };
  }

  #tally(node: PlanNode): Tally {
    let tally = this.#tallies[node.index];
    if (tally === undefined) {
      tally = { passed: 0, failed: 0, error: null };
      this.#tallies[node.index] = tally;
    }
    return tally;
  }

  #at(scope: number): Stream {
    const stream = this.#streams[scope];
    if (stream === null || stream === undefined) throw new Error(`Scope ${scope} has no stream in this run.`);
    return stream;
  }

  /** Files that the result depends on through this item, be it folded or left out. */
  folded(node: PlanNode, lane: Lane, files: FileTrace | null): void {
    this.#at(lane.scope).addFoldedFiles(node.index, this.#host.dataflow.filesOf(node, lane, files));
  }
}

function iteratorOf(items: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  const iterable = items as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  if (iterator === undefined) throw new TypeError('its source body must return something that can be iterated.');
  return iterator;
}
