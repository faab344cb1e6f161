import type { CloseReason } from '../../shared/node-api/define-node.ts';
import type { CallScope } from '../store/call-scope.ts';
import type { CallContext } from './call-context.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { type Blocked, type Inputs, Lane, type LaneTemplate } from './lane.ts';
import { LivePace } from './live-pace.ts';
import type { PlanNode } from './plan.ts';

type Items = Iterator<unknown> | AsyncIterator<unknown>;

/** An item of a live source that has not entered. */
export interface WaitingItem {
  readonly value: unknown;
  /** What the source allocated for it. */
  readonly scope: CallScope | null;
  /** Time that it took the source, ms, and when that ended. */
  readonly ms: number;
  readonly ended: number;
}

/** Items of a live source in flight at most: what waits inside grows old. */
const LIVE_WINDOW = 2;

export interface StreamParts {
  readonly scope: number;
  readonly source: PlanNode;
  readonly parent: Stream | null;
  readonly gate: number;
  readonly template: LaneTemplate;
  readonly window: number;
  readonly needs: Iterable<number>;
}

/** Whether the source may be asked for an item, is being asked, or has no more. */
type Intake = 'closed' | 'open' | 'pulling' | 'ended';

/**
 * One stream while it runs: its source, the lanes its items travel in, and the turn of each node that must see items in
 * order. Items that wait are bounded by the lanes: the source is asked only when one is free (engine.md 5.4).
 */
export class Stream {
  readonly scope: number;
  /** The node that begins it. */
  readonly source: PlanNode;
  /** The stream that this node takes its items from; null where it is a source. */
  readonly parent: Stream | null;
  /** Its items are worth most while they are new (engine.md 5.4). */
  readonly isLive: boolean;
  /** What must end before the first item may enter: inputs from outside the stream, and the source's own. */
  gate: number;
  intake: Intake = 'closed';
  /** Why no further item enters, once that is known. */
  reason: CloseReason = 'end';
  /** Items that have entered. */
  items = 0;
  reportedItems = 0;
  failedItems = 0;
  /** Items of a live source that were replaced before they could enter. */
  #replaced = 0;
  waiting: WaitingItem | null = null;
  /** For a live source. */
  readonly pace = new LivePace();
  #waking: NodeJS.Timeout | undefined;
  /** How many items there will be, when the source knew before it began. */
  counted: number | undefined;
  startedAt = 0;
  endedAt = 0;
  /** The source's inputs, once they are there. */
  inputs: Inputs | null = null;
  /** Why the source cannot run. */
  blocked: Blocked | null = null;
  context: CallContext | null = null;
  iterator: Items | null = null;
  /** What waits to be let in, at the node that begins this stream in another. */
  entrant: Lane | null = null;
  /** Nodes that need its items, and such that take them to other streams; once there are none, it need not go on. */
  readonly needs: Set<number>;
  /** Items of another stream that are joined with those of this one have not come, because of an error. */
  lacksPartners = false;
  /** Its nodes are being closed. */
  ending = false;
  /** By `collect` node: files that the values folded so far depend on. */
  readonly foldedFiles = new Map<number, FileTrace | null>();
  /** Files that decided which items it has, where these were chosen among others. */
  choiceFiles: FileTrace | null = null;
  /** Those that its items travel in; one that is free holds nothing. */
  readonly lanes: readonly Lane[];
  readonly #free: Lane[] = [];
  /** By place: number of the item that an ordered node takes next, and the lanes that came too early. */
  readonly #turn: Int32Array;
  readonly #early: (Map<number, Lane> | undefined)[];

  constructor({ scope, source, parent, gate, template, window, needs }: StreamParts) {
    this.scope = scope;
    this.source = source;
    this.parent = parent;
    this.needs = new Set(needs);
    this.isLive = source.signature.live === true;
    this.gate = gate;
    this.#turn = new Int32Array(template.pending.length);
    this.#early = new Array(template.pending.length).fill(undefined);
    const lanes = this.isLive ? Math.min(window, LIVE_WINDOW) : window;
    this.lanes = Array.from({ length: lanes }, () => new Lane(scope, template));
    this.#free.push(...this.lanes);
  }

  /** How many items there will be, when the source knows. */
  get total(): number | undefined {
    return this.context?.expectedItems ?? this.counted;
  }

  /** Items of a live source that did not enter. */
  get dropped(): number {
    return this.#replaced + (this.context?.keepsBack?.leftOut ?? 0);
  }

  get hasFreeLane(): boolean {
    return this.#free.length > 0;
  }

  /** Every item that entered has left. */
  get idle(): boolean {
    return this.#free.length === this.lanes.length;
  }

  get finished(): boolean {
    return this.intake === 'ended' && this.idle && this.waiting === null;
  }

  /** The newest item of a live source waits alone. */
  offer(item: WaitingItem): void {
    this.#drop();
    this.waiting = item;
  }

  /** Time until an item that waits may enter, ms; 0 for now. */
  get holdBack(): number {
    return this.idle ? 0 : this.pace.holdBack;
  }

  /** Calls `wake` once, after `ms`; calls in between are for the same waking. */
  wakeAfter(ms: number, wake: () => void): void {
    this.#waking ??= setTimeout(() => {
      this.#waking = undefined;
      wake();
    }, ms);
  }

  /** A lane for the next item; call only when one is free. `origin` is that of the item which it comes from. */
  admit(origin = this.items): Lane {
    const lane = this.#free.pop();
    if (lane === undefined) throw new Error('An item was admitted without a free lane.');
    if (this.isLive) this.pace.entered();
    lane.reset(this.items++, origin);
    return lane;
  }

  /** No further item comes to a place where they come in order. */
  hasEndedAt(local: number): boolean {
    return this.intake === 'ended' && this.waiting === null && this.#turn[local] >= this.items;
  }

  /** Some of what should have come from the items of its source has not, because of an error. */
  get lacksItems(): boolean {
    const { parent } = this;
    return this.lacksPartners || (parent !== null && (this.reason === 'error' || parent.lacksItems));
  }

  /** An item that came from the source no later than item `origin` is still to come to a place where they come in order. */
  hasPending(local: number, origin: number): boolean {
    const pending = this.lanes.some((lane) => lane.item >= this.#turn[local] && lane.origin <= origin);
    return pending || (this.parent?.hasPending(this.source.local, origin) ?? false);
  }

  /** Takes back an item that could not enter. */
  dismiss(lane: Lane): void {
    this.items--;
    this.leave(lane);
  }

  leave(lane: Lane): void {
    if (this.isLive) this.pace.left();
    lane.item = -1;
    this.#free.push(lane);
  }

  /** No further item enters; the first reason given stands. */
  stop(reason: CloseReason): void {
    if (this.reason === 'end') this.reason = reason;
    if (reason !== 'end') this.#drop();
    if (this.intake !== 'ended') this.endedAt = performance.now();
    this.intake = 'ended';
  }

  /** Items per second since the stream began. */
  get fps(): number {
    const ms = (this.endedAt || performance.now()) - this.startedAt;
    return ms > 0 ? (this.items * 1000) / ms : 0;
  }

  #drop(): void {
    if (this.waiting === null) return;
    this.waiting.scope?.close();
    this.waiting = null;
    this.#replaced++;
  }

  addFoldedFiles(node: number, files: FileTrace | null): void {
    this.foldedFiles.set(node, joinTraces(this.foldedFiles.get(node) ?? null, files));
  }

  /** Whether it is this item's turn at an ordered node; if not, the lane is called when it is. */
  takeTurn(local: number, lane: Lane): boolean {
    if (this.#turn[local] === lane.item) return true;
    let early = this.#early[local];
    if (early === undefined) {
      early = new Map();
      this.#early[local] = early;
    }
    early.set(lane.item, lane);
    return false;
  }

  /** The ordered node is through with its item; returns the lane of the next one, if that waits. */
  passTurn(local: number): Lane | undefined {
    const next = ++this.#turn[local];
    const early = this.#early[local];
    const lane = early?.get(next);
    if (lane !== undefined) early?.delete(next);
    return lane;
  }
}
