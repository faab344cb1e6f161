import type { Models } from '../../shared/node-api/context.ts';
import type { Media } from '../../shared/node-api/media.ts';
import type { StatusBatch } from '../../shared/protocol/status-batch.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { CallContext } from './call-context.ts';
import type { InputWatch } from './calls.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { ItemCache } from './item-cache.ts';
import type { PinOrigins } from './previews/pin-places.ts';
import type { Recorder } from './recorder.ts';
import type { ResultCache } from './result-cache.ts';

/** What a run is given by its engine. */
export interface RunOptions {
  readonly id: string;
  /** Number of the run in this engine, for the heartbeat. */
  readonly serial: number;
  /** Nodes to run to, by index; null for all that is wanted. */
  readonly targets: readonly number[] | null;
  /** Nodes to run from, by index: they and all after them are computed anew, and no other node is wanted. */
  readonly from: readonly number[] | null;
  /** Nodes that are wanted too, though nothing else needs them. */
  readonly watched: readonly number[];
  /** Null when nobody will look at the values of the run. */
  readonly inspects: (() => PinOrigins) | null;
  /** Null when nobody asks when each node was at work. */
  readonly recorder: Recorder | null;
  /** Items of one stream in flight. */
  readonly window: number;
  /** Calls in flight. */
  readonly maxParallel: number;
  readonly store: ObjectStore;
  readonly results: ResultCache;
  readonly items: ItemCache;
  readonly heartbeat: Heartbeat;
  /** Checks that nodes do not write into their inputs; null to leave that out. */
  readonly watch: InputWatch | null;
  modelsFor(context: CallContext): Models;
  mediaFor(context: CallContext): Media;
  temporaryFolder(): Promise<string>;
  /** Takes a value that reached an output of the graph; it is held until the promise settles. */
  output(name: string, item: number | null, value: unknown): void | Promise<void>;
  report(batch: StatusBatch): void;
  /** Empties the cache as far as it takes; true when that brought the store under its budget. */
  makeRoom(): boolean;
  /** The calls that did not end within the grace after a cancel are given up: what works for them is to be killed. */
  giveUp(): void;
}
