import type { Lane } from './lane.ts';
import type { Meeting, MeetingHost } from './meeting.ts';
import type { PlanNode, Side } from './plan.ts';

/**
 * Items of the same number meet. Each waits in its own lane for the others, so that no stream gets further ahead than its
 * window; a number that one of them has no item for is a hole in what the node gives.
 */
export class Pairing implements Meeting {
  readonly #node: PlanNode;
  readonly #host: MeetingHost;
  #first: Lane | null = null;
  readonly #others = new Map<Side, Lane>();
  /** The item that the node is called for. */
  #called: Lane | null = null;
  #over = false;

  constructor(node: PlanNode, host: MeetingHost) {
    this.#node = node;
    this.#host = host;
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
    const first = this.#first;
    const others = [...this.#others];
    if (this.#hasEnded()) {
      this.#others.clear();
      this.#end();
      for (const [side, lane] of others) this.#host.sideEnded(this.#node, side, lane);
    } else {
      if (first === null || others.length < this.#node.sides.length) return;
      this.#others.clear();
      for (const [side, lane] of others) first.partners.set(side, lane);
    }
    if (first === null) return;
    this.#first = null;
    this.#called = first;
    this.#host.ready(first, this.#node.index);
  }

  ended(lane: Lane): void {
    this.#called = null;
    for (const side of this.#node.sides) {
      const partner = lane.partners.get(side);
      lane.partners.delete(side);
      if (partner !== undefined) this.#host.sideEnded(this.#node, side, partner);
    }
    this.advance();
  }

  /** With the shortest of the streams. */
  #hasEnded(): boolean {
    const { scope, local, sides } = this.#node;
    return (
      this.#host.stopping ||
      [{ scope, local }, ...sides].some((place) => this.#host.streamOf(place.scope).hasEndedAt(place.local))
    );
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#host.meetingEnded(this.#node);
  }
}
