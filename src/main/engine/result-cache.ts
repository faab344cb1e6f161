import type { Hold } from '../store/object-store.ts';
import { isUnchanged } from './file-trace.ts';
import { FAILED, type Lane } from './lane.ts';
import type { Plan, PlanNode } from './plan.ts';

/** A node's outputs from an earlier run: where they lie. */
export interface KeptResult {
  readonly lane: Lane;
  readonly node: PlanNode;
}

interface KeptRun {
  readonly plan: Plan;
  readonly lane: Lane;
}

/** Runs whose results are kept. A run takes over what it uses of those before, so that few are enough. */
const RUNS = 8;

/**
 * Results of nodes that run once, by provenance key, in the memory of one engine (engine.md 7). What is kept is the lane
 * of each run: results stay where they were put and cost nothing when they are made, and the keys were worked out with
 * the plan.
 */
export class ResultCache {
  /** The one used last is at the end. */
  readonly #runs: KeptRun[] = [];
  readonly #release: (hold: Hold) => void;

  constructor(release: (hold: Hold) => void) {
    this.#release = release;
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  /** Keeps the results of a run that begins, as they come. */
  add(plan: Plan, lane: Lane): void {
    this.#runs.push({ plan, lane });
    if (this.#runs.length > RUNS) for (const run of this.#runs.splice(0, 1)) this.#forget(run);
  }

  /**
   * The outputs under this key, if all are there and the files they come from are as they were. `stats` remembers what
   * was asked of the disk within one run.
   */
  get(key: string, stats: Map<string, string>): KeptResult | undefined {
    for (let k = this.#runs.length - 1; k >= 0; k--) {
      const run = this.#runs[k];
      const index = run.plan.byKey.get(key);
      if (index === undefined) continue;
      const node = run.plan.nodes[index];
      if (!isComplete(node, run.lane) || !isCurrent(node, run.lane, stats)) continue;
      this.#runs.splice(k, 1);
      this.#runs.push(run);
      return { lane: run.lane, node };
    }
    return undefined;
  }

  /** Gives back about `bytes`, from the run that was used longest ago on; returns how many it gave back. */
  evict(bytes: number, bytesOf: (hold: Hold) => number): number {
    let freed = 0;
    for (const { lane } of this.#runs) {
      for (let slot = 0; slot < lane.holds.length && freed < bytes; slot++) {
        const hold = lane.holds[slot];
        // A value that a node of a run still waits for is not the cache's to give.
        if (hold === null || lane.uses[slot] > 0) continue;
        freed += bytesOf(hold);
        this.#drop(lane, slot);
      }
    }
    return freed;
  }

  /** Bytes that nobody else holds. */
  get bytes(): number {
    let bytes = 0;
    for (const { lane } of this.#runs) {
      if (lane.letGo !== null) continue;
      for (const [slot, hold] of lane.holds.entries()) {
        if (hold?.holders === 1 && lane.uses[slot] <= 0) bytes += hold.bytes;
      }
    }
    return bytes;
  }

  clear(): void {
    for (const run of this.#runs.splice(0)) this.#forget(run);
  }

  /** Values that can be looked at stay, for as long as the run is shown. */
  #forget({ lane }: KeptRun): void {
    lane.keeps = NOTHING;
    if (lane.letGo !== null) return;
    for (let slot = 0; slot < lane.values.length; slot++) if (lane.uses[slot] <= 0) this.#drop(lane, slot);
  }

  #drop(lane: Lane, slot: number): void {
    lane.letGo?.(slot);
    const hold = lane.holds[slot];
    if (hold !== null) this.#release(hold);
    lane.holds[slot] = null;
    lane.values[slot] = undefined;
  }
}

const NOTHING = new Uint8Array(0);

/** A node without outputs leaves nothing that could be used again. */
function isComplete({ outputs }: PlanNode, { keeps, values }: Lane): boolean {
  const isKept = (slot: number) => keeps[slot] === 1 && values[slot] !== undefined && values[slot] !== FAILED;
  return outputs.length > 0 && outputs.every(({ slot }) => isKept(slot));
}

function isCurrent(node: PlanNode, lane: Lane, stats: Map<string, string>): boolean {
  const files = lane.files[node.outputs[0].slot];
  return files === null || isUnchanged(files, stats);
}
