import type { Skip } from '../../shared/node-api/define-node.ts';
import type { Hold } from '../store/object-store.ts';
import type { FileTrace } from './file-trace.ts';
import type { Side } from './plan.ts';

/** Stands in a slot whose node failed, or could not run because one before it failed. */
export const FAILED: unique symbol = Symbol('failed');

/** Why a node cannot run: its branch was not taken, or a node before it failed. */
export type Blocked = Skip | typeof FAILED;

/** The inputs of one call, by pin. */
export type Inputs = Record<string, unknown>;

/** How each lane of a scope begins; made once a run, from the nodes that take part. */
export interface LaneTemplate {
  /** By place: inputs that have not arrived. */
  readonly pending: Int32Array;
  /** By slot: consumers in the same lane that have not used the value. */
  readonly uses: Int32Array;
  /** Nodes that take part, and sides of others. */
  readonly ends: number;
}

/**
 * The values of one scope for one item: a row of slots. One lane carries one item at a time, so inputs that meet in a
 * lane always belong to the same item (engine.md 5.2).
 */
export class Lane {
  /** 0 is the graph itself. */
  readonly scope: number;
  /** Index of the item it carries; -1 in scope 0 and while it is free. */
  item = -1;
  /** Number of the item of the source that it came from: `item` itself, but in a stream that a node began of another. */
  origin = -1;
  /** When the item was taken, ms since the epoch; null where its source is not live. */
  takenAt: number | null = null;
  /** What nodes that join streams have of the other ones, for this item. */
  readonly partners = new Map<Side, Lane>();
  readonly pending: Int32Array;
  readonly uses: Int32Array;
  readonly values: unknown[];
  readonly holds: (Hold | null)[];
  /** By slot: files that the value depends on. */
  readonly files: (FileTrace | null)[];
  /** Nodes, and sides of others, that have not ended for this item. */
  left = 0;
  /** A node failed for this item. */
  failed = false;
  /** By slot: 1 when the cache keeps the value after it has been used (`result-cache.ts`). May belong to the plan. */
  keeps: Uint8Array = NOTHING;
  /** Told before the cache lets go of a value. Null unless all values stay after they have been used, to be looked at. */
  letGo: ((slot: number) => void) | null = null;
  readonly #template: LaneTemplate;

  constructor(scope: number, template: LaneTemplate) {
    this.scope = scope;
    this.#template = template;
    this.pending = template.pending.slice();
    this.uses = template.uses.slice();
    this.values = new Array(template.uses.length).fill(undefined);
    this.holds = new Array(template.uses.length).fill(null);
    this.files = new Array(template.uses.length).fill(null);
    this.left = template.ends;
  }

  /** The cache does not keep this value. */
  spoil(slot: number): void {
    if (this.keeps[slot] !== 1) return;
    this.keeps = this.keeps.slice();
    this.keeps[slot] = 0;
  }

  /** Empty again, for the next item. */
  reset(item: number, origin: number): void {
    this.item = item;
    this.origin = origin;
    this.takenAt = null;
    this.failed = false;
    this.pending.set(this.#template.pending);
    this.uses.set(this.#template.uses);
    this.values.fill(undefined);
    this.holds.fill(null);
    this.files.fill(null);
    this.left = this.#template.ends;
  }
}

const NOTHING = new Uint8Array(0);
