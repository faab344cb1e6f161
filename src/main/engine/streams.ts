import { type CloseReason, SKIP } from '../../shared/node-api/define-node.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeState, StreamSummary } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Bodies } from './bodies.ts';
import type { CallContext } from './call-context.ts';
import type { Dataflow } from './dataflow.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { Following } from './following.ts';
import { type Blocked, FAILED, type Inputs, type Lane } from './lane.ts';
import type { Meeting, MeetingHost } from './meeting.ts';
import { nodesThatNeed, nodesWithoutItems } from './needs.ts';
import { asNodeError, timeoutError } from './node-error.ts';
import { Pairing } from './pairing.ts';
import type { Plan, PlanNode, Side } from './plan.ts';
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
export class Streams implements MeetingHost {
  readonly #host: StreamHost;
  /** By scope; scope 0 is no stream, and neither is one whose source does not run. */
  readonly #streams: (Stream | null)[];
  /** By node. */
  readonly #tallies: (Tally | undefined)[] = [];
  /** By node. */
  readonly #meetings = new Map<number, Meeting>();

  constructor(host: StreamHost) {
    this.#host = host;
    const { plan, preparation, window } = host;
    const { gates, templates } = preparation;
    this.#streams = [];
    plan.scopes.forEach(({ source, parent }, scope) => {
      const parts = { scope, source: plan.nodes[source], gate: gates[scope], template: templates[scope], window };
      const needs = () => nodesThatNeed(plan, preparation, scope);
      const runs = source >= 0 && preparation.runs[source] === 1;
      this.#streams.push(runs ? new Stream({ ...parts, parent: this.#streams[parent], needs: needs() }) : null);
    });
    for (const node of plan.nodes) {
      if (node.sides.length === 0 || preparation.runs[node.index] === 0) continue;
      const pairs = node.signature.stream === 'pairs';
      this.#meetings.set(node.index, pairs ? new Pairing(node, this) : new Following(node, templates, this));
    }
  }

  get dataflow(): Dataflow {
    return this.#host.dataflow;
  }

  get stopping(): boolean {
    return this.#host.stopping;
  }

  /** One of the things that the stream waits for has ended. */
  gateOpened(scope: number): void {
    const stream = this.streamOf(scope);
    if (--stream.gate === 0) this.#open(stream);
  }

  sourceReady(source: PlanNode, inputs: Inputs): void {
    this.streamOf(source.outScope).inputs = inputs;
    this.gateOpened(source.outScope);
  }

  /** The source cannot run, so neither can anything in its stream. */
  sourceBlocked(source: PlanNode, why: Blocked): void {
    this.streamOf(source.outScope).blocked = why;
    this.gateOpened(source.outScope);
  }

  /** Asks the sources for one item each, where there is room; true when one entered at once. */
  pull(): boolean {
    let entered = false;
    for (const stream of this.#streams) {
      if (stream === null || stream.parent !== null) continue;
      if (stream.waiting !== null) entered = this.#enterWaiting(stream, stream.waiting) || entered;
      if (stream.intake === 'open' && (stream.isLive || this.#hasRoom(stream))) {
        entered = this.#pullFrom(stream) || entered;
      }
    }
    return entered;
  }

  /**
   * False when the item came too early to an ordered node, has to wait there for those of other streams, or for room in
   * the stream that the node begins: it is made ready again when that is there.
   */
  takeTurn(node: PlanNode, lane: Lane): boolean {
    const place = node.scope === lane.scope ? node : node.sides.find(({ scope }) => scope === lane.scope);
    if (place === undefined || !this.streamOf(lane.scope).takeTurn(place.local, lane)) return false;
    if (beginsStream(node)) return this.#hasRoomFor(node, lane);
    return this.#meetings.get(node.index)?.arrive(lane) ?? true;
  }

  /** Lets what a node gives for an item into the stream that it begins. Returns the bytes given out. */
  begin(node: PlanNode, lane: Lane, result: unknown, context: CallContext): number {
    const { dataflow } = this.#host;
    const stream = this.streamOf(node.outScope);
    if (result === SKIP || stream.intake !== 'open') {
      stream.choiceFiles = joinTraces(stream.choiceFiles, dataflow.filesOf(node, lane, context.files));
      return 0;
    }
    const into = stream.admit(lane.origin);
    try {
      const bytes = dataflow.give(node, into, result, context);
      if (into.left === 0) this.#itemLeft(stream, into);
      return bytes;
    } catch (error) {
      stream.dismiss(into);
      throw error;
    }
  }

  itemPassed(node: PlanNode): void {
    this.#tally(node).passed++;
  }

  itemFailed(node: PlanNode, lane: Lane, error: WeftError): void {
    const tally = this.#tally(node);
    tally.failed++;
    tally.error ??= error;
    const stream = this.streamOf(lane.scope);
    if (!lane.failed) stream.failedItems++;
    lane.failed = true;
    if (node.policy.onError !== 'skip') this.#stop(stream, 'error');
  }

  /** The node is through with the item, however that went. */
  itemEnded(node: PlanNode, lane: Lane): void {
    const stream = this.streamOf(lane.scope);
    this.#host.dataflow.orderWithin(node, lane);
    if (node.ordered) this.#passTurn(stream, node, node.local);
    this.#meetings.get(node.index)?.ended(lane);
    // Items that left the stream here are no longer waited for.
    if (beginsStream(node)) this.#advanceMeetings();
    if (--lane.left === 0) this.#itemLeft(stream, lane);
  }

  ready(lane: Lane, node: number): void {
    this.#host.ready(lane, node);
  }

  sideEnded(node: PlanNode, side: Side, lane: Lane): void {
    const stream = this.streamOf(side.scope);
    this.#host.dataflow.consumeSide(node, side, lane);
    this.#passTurn(stream, node, side.local);
    if (--lane.left === 0) this.#itemLeft(stream, lane);
  }

  /** The streams go on only where others need them. */
  meetingEnded(node: PlanNode): void {
    const own = this.streamOf(node.scope);
    for (const { scope } of node.sides) {
      const other = this.streamOf(scope);
      own.choiceFiles = joinTraces(own.choiceFiles, this.#filesBehind(other));
      if (other.reason === 'error' || other.lacksItems) own.lacksPartners = true;
      this.#unneeded(other, [node.index]);
    }
    this.#unneeded(own, nodesWithoutItems(this.#host.plan, node));
  }

  /** No further items enter any stream; those in flight end as they can. */
  stop(reason: CloseReason): void {
    for (const stream of this.#streams) {
      if (stream === null) continue;
      if (stream.intake !== 'closed') this.#stop(stream, reason);
      this.#letIn(stream);
    }
    this.#advanceMeetings();
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
      if (stream.parent === null) yield stream.source;
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
    stream.startedAt = performance.now();
    if (stream.parent === null) this.#openSource(stream);
    else this.#openBegun(stream, stream.parent);
    for (const child of this.#begunFrom(stream)) {
      child.blocked = stream.blocked;
      this.gateOpened(child.scope);
    }
  }

  #openSource(stream: Stream): void {
    const { bodies } = this.#host;
    if (this.#host.stopping || stream.blocked !== null || stream.inputs === null || stream.needs.size === 0) {
      return this.#stop(stream, 'end');
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

  #openBegun(stream: Stream, parent: Stream): void {
    if (this.#host.stopping || stream.blocked !== null || parent.ending || stream.needs.size === 0) {
      return this.#stop(stream, parent.reason);
    }
    stream.intake = 'open';
    this.#letIn(stream);
  }

  #begunFrom(stream: Stream): Stream[] {
    return this.#streams.filter((other): other is Stream => other?.parent === stream);
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
      return this.#stop(stream, 'end');
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
    this.#stop(stream, 'error');
  }

  /** No further item enters the stream, nor on an error those that it comes from. */
  #stop(stream: Stream, reason: CloseReason): void {
    const { parent, source } = stream;
    stream.stop(reason);
    this.#letIn(stream);
    if (parent !== null && reason === 'error') this.#stop(parent, reason);
    else if (parent !== null && !this.#host.preparation.wanted.has(source.index))
      this.#unneeded(parent, [source.index]);
    this.#advanceMeetings();
    this.#endIfDone(stream);
  }

  /** Nodes need the items of a stream no longer. */
  #unneeded(stream: Stream, nodes: Iterable<number>): void {
    for (const node of nodes) stream.needs.delete(node);
    const isOpen = stream.intake === 'open' || stream.intake === 'pulling';
    if (stream.needs.size === 0 && isOpen) this.#stop(stream, 'end');
  }

  #advanceMeetings(): void {
    for (const meeting of this.#meetings.values()) meeting.advance();
  }

  #passTurn(stream: Stream, node: PlanNode, local: number): void {
    const next = stream.passTurn(local);
    if (next !== undefined) this.#host.ready(next, node.index);
  }

  /** An item of one stream enters the next only when there is room, and waits for it in the node between the two. */
  #hasRoomFor(node: PlanNode, lane: Lane): boolean {
    const stream = this.streamOf(node.outScope);
    const mayGoOn = stream.intake === 'open' ? stream.hasFreeLane : stream.intake === 'ended';
    if (mayGoOn || this.#host.stopping) return true;
    stream.entrant = lane;
    return false;
  }

  #letIn(stream: Stream): void {
    const { entrant } = stream;
    if (entrant === null) return;
    stream.entrant = null;
    this.#host.ready(entrant, stream.source.index);
  }

  #itemLeft(stream: Stream, lane: Lane): void {
    stream.leave(lane);
    this.#letIn(stream);
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
    for (const begun of this.#begunFrom(stream)) if (begun.intake !== 'closed') this.#stop(begun, reason);
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
    if (stream.parent === null) {
      const error = this.#tallies[stream.source.index]?.error ?? null;
      dataflow.consume(stream.source, dataflow.main);
      this.#endNode(stream.source, stream, reason, error);
      dataflow.orderAfter(stream.source);
    }
    this.#host.changed();
  }

  /** Files that it depends on which items a stream has. */
  #filesBehind({ source, parent, context, choiceFiles }: Stream): FileTrace | null {
    const { dataflow } = this.#host;
    const own = joinTraces(dataflow.filesOf(source, dataflow.main, context?.files ?? null), choiceFiles);
    return parent === null ? own : joinTraces(own, this.#filesBehind(parent));
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
      const files = this.#filesBehind(stream);
      dataflow.block(node, dataflow.main, stream.blocked ?? inputs, dataflow.filesOf(node, dataflow.main, files));
      if (reason === 'cancel') return this.#host.nodeEnded(node, 'cancelled');
      const why = reason === 'error' ? `The stream of ${stream.source.id} was stopped.` : this.#host.reasonFor(node);
      return this.#host.nodeEnded(node, 'skipped', { reason: why });
    }
    const context = this.#host.contextFor(node, dataflow.main);
    context.files = joinTraces(this.#filesBehind(stream), stream.foldedFiles.get(node.index) ?? null);
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

  streamOf(scope: number): Stream {
    const stream = this.#streams[scope];
    if (stream === null || stream === undefined) throw new Error(`Scope ${scope} has no stream in this run.`);
    return stream;
  }

  /** Files that the result depends on through this item, be it folded or left out. */
  folded(node: PlanNode, lane: Lane, files: FileTrace | null): void {
    this.streamOf(lane.scope).addFoldedFiles(node.index, this.#host.dataflow.filesOf(node, lane, files));
  }
}

/** Its items go from one stream to another. */
function beginsStream({ scope, outScope }: PlanNode): boolean {
  return scope !== 0 && outScope !== 0 && outScope !== scope;
}

function iteratorOf(items: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  const iterable = items as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  if (iterator === undefined) throw new TypeError('its source body must return something that can be iterated.');
  return iterator;
}
