import { type CloseReason, SKIP } from '../../shared/node-api/define-node.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { StreamSummary } from '../../shared/protocol/run-events.ts';
import type { CallContext } from './call-context.ts';
import type { Dataflow } from './dataflow.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { Following } from './following.ts';
import type { Blocked, Inputs, Lane } from './lane.ts';
import type { Meeting, MeetingHost } from './meeting.ts';
import { nodesThatNeed, nodesWithoutItems } from './needs.ts';
import { Pairing } from './pairing.ts';
import type { PlanNode, Side } from './plan.ts';
import { type SourceListener, Sources } from './sources.ts';
import { Stream } from './stream.ts';
import { StreamEnds } from './stream-ends.ts';
import type { StreamHost } from './stream-host.ts';
import { Tallies } from './tallies.ts';

/** The streams of one run: asks sources for items while there is room, and ends each stream when its last item has left. */
export class Streams implements MeetingHost, SourceListener {
  readonly #host: StreamHost;
  /** By scope; scope 0 is no stream, and neither is one whose source does not run. */
  readonly #streams: (Stream | null)[];
  readonly #tallies = new Tallies();
  readonly #sources: Sources;
  readonly #ends: StreamEnds;
  /** By node. */
  readonly #meetings = new Map<number, Meeting>();

  constructor(host: StreamHost) {
    this.#host = host;
    this.#sources = new Sources(host, this.#tallies, this);
    this.#ends = new StreamEnds(host, this.#tallies);
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

  /** The lanes of a stream; none where it is not worked on. */
  lanesOf(scope: number): readonly Lane[] {
    return this.#streams[scope]?.lanes ?? [];
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
      if (stream !== null && stream.parent === null) entered = this.#sources.pull(stream) || entered;
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
    into.takenAt = lane.takenAt;
    try {
      const bytes = dataflow.give(node, into, result, context);
      if (into.left === 0) this.itemLeft(stream, into);
      return bytes;
    } catch (error) {
      stream.dismiss(into);
      throw error;
    }
  }

  itemPassed(node: PlanNode): void {
    this.#tallies.of(node).passed++;
  }

  itemFailed(node: PlanNode, lane: Lane, error: WeftError): void {
    const tally = this.#tallies.of(node);
    tally.failed++;
    tally.error ??= error;
    const stream = this.streamOf(lane.scope);
    if (!lane.failed) stream.failedItems++;
    lane.failed = true;
    if (node.policy.onError !== 'skip') this.stop(stream, 'error');
  }

  /** The node is through with the item, however that went. */
  itemEnded(node: PlanNode, lane: Lane): void {
    const stream = this.streamOf(lane.scope);
    this.#host.dataflow.orderWithin(node, lane);
    if (node.ordered) this.#passTurn(stream, node, node.local);
    this.#meetings.get(node.index)?.ended(lane);
    // Items that left the stream here are no longer waited for.
    if (beginsStream(node)) this.#advanceMeetings();
    if (--lane.left === 0) this.itemLeft(stream, lane);
  }

  ready(lane: Lane, node: number): void {
    this.#host.ready(lane, node);
  }

  sideEnded(node: PlanNode, side: Side, lane: Lane): void {
    const stream = this.streamOf(side.scope);
    this.#host.dataflow.consumeSide(node, side, lane);
    this.#passTurn(stream, node, side.local);
    if (--lane.left === 0) this.itemLeft(stream, lane);
  }

  /** The streams go on only where others need them. */
  meetingEnded(node: PlanNode): void {
    const own = this.streamOf(node.scope);
    for (const { scope } of node.sides) {
      const other = this.streamOf(scope);
      own.choiceFiles = joinTraces(own.choiceFiles, this.#ends.filesBehind(other));
      this.#unneeded(other, [node.index]);
    }
    this.#unneeded(own, nodesWithoutItems(this.#host.plan, node));
  }

  /** No further items enter any stream; those in flight end as they can. */
  stopAll(reason: CloseReason): void {
    for (const stream of this.#streams) {
      if (stream === null) continue;
      if (stream.intake !== 'closed') this.stop(stream, reason);
      this.#letIn(stream);
    }
    this.#advanceMeetings();
  }

  get hasLive(): boolean {
    return this.#streams.some((stream) => stream?.isLive === true);
  }

  /** Nobody needs further items of live sources; those in flight, and one that waits, pass through. */
  finishLive(): void {
    for (const stream of this.#streams) if (stream?.isLive === true) this.#unneeded(stream, stream.needs);
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
        if (this.#tallies.has(plan.nodes[index])) yield plan.nodes[index];
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
    if (stream.parent === null) this.#sources.open(stream);
    else this.#openBegun(stream, stream.parent);
    for (const child of this.#begunFrom(stream)) {
      child.blocked = stream.blocked;
      this.gateOpened(child.scope);
    }
  }

  #openBegun(stream: Stream, parent: Stream): void {
    if (this.#host.stopping || stream.blocked !== null || parent.ending || stream.needs.size === 0) {
      return this.stop(stream, parent.reason);
    }
    stream.intake = 'open';
    this.#letIn(stream);
  }

  #begunFrom(stream: Stream): Stream[] {
    return this.#streams.filter((other): other is Stream => other?.parent === stream);
  }

  /** No further item enters the stream, nor on an error those that it comes from or is joined to. */
  stop(stream: Stream, reason: CloseReason): void {
    const { parent, source } = stream;
    stream.stop(reason);
    this.#letIn(stream);
    if (reason === 'error') {
      if (parent !== null) this.stop(parent, reason);
      this.#stopJoined(stream);
    } else if (parent !== null && !this.#host.preparation.wanted.has(source.index)) {
      this.#unneeded(parent, [source.index]);
    }
    this.#advanceMeetings();
    this.#endIfDone(stream);
  }

  /** What still waits for items of a stream that has failed has failed with it. */
  #stopJoined(failed: Stream): void {
    for (const index of this.#meetings.keys()) {
      const { scope, local, sides } = this.#host.plan.nodes[index];
      const stream = this.streamOf(scope);
      if (!sides.some((side) => side.scope === failed.scope) || stream.hasEndedAt(local)) continue;
      stream.lacksPartners = true;
      if (stream.reason !== 'error') this.stop(stream, 'error');
    }
  }

  /** Nodes need the items of a stream no longer. */
  #unneeded(stream: Stream, nodes: Iterable<number>): void {
    for (const node of nodes) stream.needs.delete(node);
    const isOpen = stream.intake === 'open' || stream.intake === 'pulling';
    if (stream.needs.size === 0 && isOpen) this.stop(stream, 'end');
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

  itemLeft(stream: Stream, lane: Lane): void {
    stream.leave(lane);
    this.#letIn(stream);
    this.#endIfDone(stream);
  }

  #endIfDone(stream: Stream): void {
    if (stream.ending || !stream.finished) return;
    stream.ending = true;
    const reason = this.#host.stopping ? 'cancel' : stream.reason;
    for (const begun of this.#begunFrom(stream)) if (begun.intake !== 'closed') this.stop(begun, reason);
    void this.#ends.end(stream, reason);
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
