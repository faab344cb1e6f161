import { Lane, type LaneTemplate } from './lane.ts';
import type { Meeting, MeetingHost } from './meeting.ts';
import type { PlanNode, Side } from './plan.ts';

/**
 * Each item of the node's own stream meets the newest of the others.
 *
 * Where both come from the same source, newest means from the same item of the source or the last one before it, however
 * long it is on its way: what is given never depends on speed, and each item waits only for such as came from the source
 * no later, so that they cannot all wait for each other. Otherwise newest means newest at this moment; the items wait
 * only until the other stream has its first.
 */
export class Following implements Meeting {
  readonly #node: PlanNode;
  readonly #host: MeetingHost;
  #first: Lane | null = null;
  readonly #others = new Map<Side, Lane>();
  /** A lane for what is needed of the newest item of each other stream, whose own lane goes on. */
  readonly #newest: ReadonlyMap<Side, Lane>;
  #called: Lane | null = null;
  #over = false;

  constructor(node: PlanNode, templates: readonly LaneTemplate[], host: MeetingHost) {
    this.#node = node;
    this.#host = host;
    this.#newest = new Map(node.sides.map((side) => [side, new Lane(side.scope, templates[side.scope])]));
  }

  arrive(lane: Lane): boolean {
    if (lane === this.#called) return true;
    const side = this.#node.sides.find(({ scope }) => scope === lane.scope);
    if (side === undefined) this.#first = lane;
    else this.#others.set(side, lane);
    this.advance();
    return false;
  }

  advance(): void {
    // What it was called with stays as it is until then.
    if (this.#called !== null) return;
    const hasEnded = this.#hasEnded();
    for (const [side, lane] of [...this.#others]) {
      if (!hasEnded && !this.#isDue(side, lane)) continue;
      this.#others.delete(side);
      if (!hasEnded) this.#take(side, lane);
      this.#host.sideEnded(this.#node, side, lane);
    }
    if (hasEnded) this.#end();
    const first = this.#first;
    if (first === null || !(hasEnded || this.#node.sides.every((side) => this.#isSettled(side, first)))) return;
    for (const [side, lane] of this.#newest) this.#join(first, side, lane);
    this.#first = null;
    this.#called = first;
    this.#host.ready(first, this.#node.index);
  }

  ended(lane: Lane): void {
    this.#called = null;
    for (const side of this.#node.sides) lane.partners.delete(side);
    this.advance();
  }

  /** Nothing that comes before the other stream's item is still to meet an older one. */
  #isDue({ sameSource }: Side, { origin }: Lane): boolean {
    const { scope, local } = this.#node;
    return !sameSource || !this.#host.streamOf(scope).hasPending(local, origin - 1);
  }

  /** Holes are no items: the one before stays the newest. */
  #take(side: Side, lane: Lane): void {
    const { dataflow } = this.#host;
    const newest = this.#newest.get(side);
    if (newest === undefined || !dataflow.hasSide(this.#node, side, lane)) return;
    dataflow.copySide(this.#node, side, lane, newest);
    newest.item = lane.item;
  }

  /** The newest item for this one is there, or known to be missing. */
  #isSettled(side: Side, { origin }: Lane): boolean {
    const stream = this.#host.streamOf(side.scope);
    if (side.sameSource) return !stream.hasPending(side.local, origin);
    return (this.#newest.get(side)?.item ?? -1) >= 0 || stream.hasEndedAt(side.local);
  }

  /** Where a later one is missing for an error, this would be the wrong one. */
  #join(first: Lane, side: Side, newest: Lane): void {
    const lacksLater = side.sameSource && this.#host.streamOf(side.scope).lacksItems;
    if (newest.item >= 0 && !lacksLater) first.partners.set(side, newest);
  }

  #hasEnded(): boolean {
    const { scope, local } = this.#node;
    return this.#host.stopping || this.#host.streamOf(scope).hasEndedAt(local);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    for (const [side, lane] of this.#newest) {
      this.#host.dataflow.clearSide(this.#node, side, lane);
      lane.item = -1;
    }
    this.#host.meetingEnded(this.#node);
  }
}
