import type { Problem } from '../graph/checked-graph.ts';
import type { JsonValue } from '../node-api/pins.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';

/** States of a node in a run (engine.md 4.8), in the order of their numbers in a `StatusBatch`. */
export const NODE_STATES = [
  'waiting',
  'ready',
  'running',
  'done',
  'cached',
  'failed',
  'skipped',
  'retrying',
  'cancelled',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

/**
 * How a run ended: `degraded` is done, but items failed where the graph allows it; `refused` never began; `timeout` is
 * the run's own limit.
 */
export type RunStatus = 'done' | 'degraded' | 'failed' | 'cancelled' | 'timeout' | 'refused';

export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus;
  readonly ms: number;
  /** Numbers of nodes by how they ended. */
  readonly done: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: number;
  readonly memory: MemorySummary;
  /** By id of the source node. */
  readonly streams: Readonly<Record<string, StreamSummary>>;
  /** The first error, which decides the exit status. */
  readonly error?: ErrorReport;
}

export interface MemorySummary {
  /** Most bytes that values held at one time, in the arena and on the heap. */
  readonly peakBytes: number;
  /** `zero-copy`, `copy: ` and why, or `not used`. */
  readonly arena: string;
}

export interface StreamSummary {
  readonly items: number;
  readonly failed: number;
  readonly dropped: number;
  /** Items per second of wall time. */
  readonly fps: number;
}

/** An input of the graph whose value may change while the run goes on: it counts from the next item. */
export interface LiveInput {
  readonly name: string;
  /** The node that stands for it: its literal `default` is what changes. */
  readonly node: string;
  readonly value: JsonValue;
}

/** What a run reports while it goes on. `node` is a node's id (path). */
export type RunEvent =
  | {
      event: 'run.started';
      run: string;
      graph: string;
      nodes: number;
      cached: string[];
      notes?: string[];
      /** Where a source is live: such a run is told when to end (`finish`), and what to change meanwhile. */
      live?: LiveInput[];
    }
  | { event: 'problem'; problem: Problem }
  | { event: 'node.running'; node: string }
  | {
      event: 'node.progress';
      node: string;
      /** 0–1; null when nobody knows how much there will be. */
      done: number | null;
      note?: string;
      item?: number;
      /** Source of the stream that the item is of. */
      stream?: string;
    }
  /** The node waits for something that a person can mend; null: it goes on. */
  | { event: 'node.waiting'; node: string; error: ErrorReport | null }
  | {
      event: 'stream.progress';
      node: string;
      items: number;
      total?: number;
      fps: number;
      failed: number;
      dropped: number;
    }
  | { event: 'node.retrying'; node: string; attempt: number; item?: number; error: ErrorReport }
  | { event: 'item.failed'; node: string; item: number; attempt: number; error: ErrorReport }
  | {
      event: 'node.finished';
      node: string;
      status: 'done' | 'cached' | 'failed' | 'skipped' | 'cancelled';
      attempt: number;
      /** Time in the node's body, summed over items. */
      ms: number;
      /** Bytes given out, summed over items. */
      bytes: number;
      items?: number;
      failedItems?: number;
      error?: ErrorReport;
      /** Why it was skipped. */
      reason?: string;
    }
  | { event: 'log'; node: string; level: 'debug' | 'info' | 'warning'; message: string; item?: number }
  | { event: 'output'; name: string; item?: number; value: JsonValue }
  /** A video file that a node writes. One that was begun and is never told complete may lack its last pictures. */
  | { event: 'file'; node: string; path: string; state: 'begun' | 'complete' }
  | ({ event: 'run.finished' } & RunSummary);
