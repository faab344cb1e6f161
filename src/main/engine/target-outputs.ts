import { SKIP } from '../../shared/node-api/define-node.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Lane } from './lane.ts';
import type { PlanNode } from './plan.ts';
import type { RunOptions } from './run-options.ts';

/** How a run follows what is handed over for it. */
export interface Deliveries {
  begun(): void;
  failed(node: PlanNode, error: unknown): void;
  ended(): void;
}

/** The outputs of nodes that were run to are outputs of the run, named `node.pin`. */
export class TargetOutputs {
  readonly #targets: readonly number[];
  readonly #output: RunOptions['output'];
  readonly #store: ObjectStore;
  readonly #deliveries: Deliveries;

  constructor({ targets, output, store }: RunOptions, deliveries: Deliveries) {
    this.#targets = targets ?? [];
    this.#output = output;
    this.#store = store;
    this.#deliveries = deliveries;
  }

  given(node: PlanNode, lane: Lane): void {
    if (this.#targets.includes(node.index))
      for (const { name, slot } of node.outputs) this.#deliver(node, name, lane, slot);
  }

  #deliver(node: PlanNode, name: string, lane: Lane, slot: number): void {
    const value = lane.values[slot];
    if (value === SKIP || value === undefined) return;
    const hold = lane.holds[slot];
    if (hold !== null) this.#store.retain(hold);
    this.#deliveries.begun();
    const item = lane.scope === 0 ? null : lane.item;
    Promise.try(() => this.#output(`${node.id}.${name}`, item, value))
      .catch((error) => this.#deliveries.failed(node, error))
      .finally(() => {
        if (hold !== null) this.#store.release(hold);
        this.#deliveries.ended();
      });
  }
}
