import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { PlanNode } from './plan.ts';

/** What a node of a stream has come to so far. */
export interface Tally {
  passed: number;
  failed: number;
  error: WeftError | null;
}

export class Tallies {
  /** By node. */
  readonly #tallies: (Tally | undefined)[] = [];

  of({ index }: PlanNode): Tally {
    let tally = this.#tallies[index];
    if (tally === undefined) {
      tally = { passed: 0, failed: 0, error: null };
      this.#tallies[index] = tally;
    }
    return tally;
  }

  /** Whether the node has had an item. */
  has({ index }: PlanNode): boolean {
    return this.#tallies[index] !== undefined;
  }
}
