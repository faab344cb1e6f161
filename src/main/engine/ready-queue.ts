import type { Lane } from './lane.ts';

/** Nodes whose inputs are there, in the order in which they came to be ready. */
export class ReadyQueue {
  readonly #lanes: Lane[] = [];
  readonly #nodes: number[] = [];
  #head = 0;

  get isEmpty(): boolean {
    return this.#head === this.#nodes.length;
  }

  /** The first of them; only where there is one. */
  get lane(): Lane {
    return this.#lanes[this.#head];
  }

  push(lane: Lane, node: number): void {
    this.#lanes.push(lane);
    this.#nodes.push(node);
  }

  /** Takes the first node out; to be called where there is one. */
  shift(): number {
    const node = this.#nodes[this.#head++];
    // Emptied only when all are through: taking from the front moves all that follow.
    if (this.isEmpty) {
      this.#lanes.length = 0;
      this.#nodes.length = 0;
      this.#head = 0;
    }
    return node;
  }
}
