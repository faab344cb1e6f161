import type { Lane } from './lane.ts';

/** Nodes whose inputs are there, in the order in which they came to be ready. */
export class ReadyQueue {
  readonly #lanes: Lane[] = [];
  readonly #nodes: number[] = [];
  #head = 0;

  get isEmpty(): boolean {
    return this.#head === this.#nodes.length;
  }

  /** Lane of the first node; only where there is one. */
  get lane(): Lane {
    return this.#lanes[this.#head];
  }

  push(lane: Lane, node: number): void {
    this.#lanes.push(lane);
    this.#nodes.push(node);
  }

  /** Takes the first node out; only where there is one. */
  shift(): number {
    return this.#nodes[this.#head++];
  }

  /** Gives back the room of those that were taken out; only where none is left. */
  rest(): void {
    this.#lanes.length = 0;
    this.#nodes.length = 0;
    this.#head = 0;
  }
}
