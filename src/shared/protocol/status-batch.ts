import type { ErrorReport } from '../node-api/weft-error.ts';
import { NODE_STATES, type RunEvent } from './run-events.ts';

/** What a batch says of a node beside its numbers; most nodes have nothing to add. */
export interface NodeNote {
  readonly error?: ErrorReport;
  readonly reason?: string;
  readonly items?: number;
  readonly failedItems?: number;
}

/**
 * What happened in a run since the last batch, in columns: one entry per node that ended. A run of thousands of short
 * nodes costs a few typed arrays instead of as many objects; whoever wants objects calls `expandBatch`.
 */
export interface StatusBatch {
  /** Indices of nodes that ended, in the order they did. */
  readonly nodes: Int32Array;
  /** Indices into `NODE_STATES`. */
  readonly states: Uint8Array;
  readonly attempts: Uint8Array;
  readonly ms: Float64Array;
  readonly bytes: Float64Array;
  readonly notes: ReadonlyMap<number, NodeNote>;
  /** Everything else, in order. */
  readonly events: readonly RunEvent[];
}

/** The batch as events; `ids` are the ids of the plan's nodes by index. */
export function expandBatch(batch: StatusBatch, ids: readonly string[]): RunEvent[] {
  const events: RunEvent[] = [...batch.events];
  batch.nodes.forEach((node, k) => {
    const status = NODE_STATES[batch.states[k]];
    if (
      status !== 'done' &&
      status !== 'cached' &&
      status !== 'failed' &&
      status !== 'skipped' &&
      status !== 'cancelled'
    )
      return;
    events.push({
      event: 'node.finished',
      node: ids[node],
      status,
      attempt: batch.attempts[k],
      ms: batch.ms[k],
      bytes: batch.bytes[k],
      ...batch.notes.get(node),
    });
  });
  return events;
}
