import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeState } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import type { Bodies } from './bodies.ts';
import type { CallContext } from './call-context.ts';
import type { CallListener, Calls } from './calls.ts';
import type { Dataflow } from './dataflow.ts';
import { type Blocked, FAILED, type Lane } from './lane.ts';
import { asNodeError } from './node-error.ts';
import type { Outcome } from './outcome.ts';
import type { PlanNode } from './plan.ts';
import type { Inspection } from './previews/inspection.ts';
import type { Status } from './status.ts';
import type { Streams } from './streams.ts';

/** The parts of a run that hear how a call ended. */
export interface CallEndParts {
  readonly calls: Calls;
  readonly streams: Streams;
  readonly dataflow: Dataflow;
  readonly bodies: Bodies;
  readonly status: Status;
  readonly outcome: Outcome;
  readonly inspection: Inspection | null;
  /** The node has ended for good. */
  nodeEnded(node: PlanNode, state: NodeState, note?: NodeNote): void;
  changed(): void;
}

/** What follows when a node is through with its inputs, called or not: for those after it, its stream and the run. */
export class CallEnds implements CallListener {
  readonly #of: CallEndParts;

  constructor(of: CallEndParts) {
    this.#of = of;
  }

  returned(lane: Lane, node: PlanNode, context: CallContext, result: unknown, attempt: number, ms: number): void {
    const { streams, dataflow } = this.#of;
    let bytes = 0;
    if (node.outScope === 0 && lane.scope !== 0) {
      streams.folded(node, lane, context.files);
    } else {
      try {
        bytes =
          node.outScope === lane.scope
            ? dataflow.give(node, lane, result, context)
            : streams.begin(node, lane, result, context);
      } catch (error) {
        context.close();
        return this.failed(lane, node, asNodeError(error, node.id), attempt, ms);
      }
    }
    context.close();
    if (lane.scope !== 0) streams.itemPassed(node);
    this.#ended(lane, node, 'done', attempt, ms, bytes);
  }

  failed(lane: Lane, node: PlanNode, error: WeftError, attempt: number, ms: number): void {
    const { streams, dataflow, status, outcome, inspection } = this.#of;
    if (outcome.isStopped) return this.abandoned(lane, node);
    outcome.nodeFailed(node);
    inspection?.failed(node, lane, error);
    dataflow.block(node, lane, FAILED);
    if (lane.scope === 0 || node.policy.onError !== 'skip') outcome.failed(error);
    else outcome.itemLost();
    if (lane.scope !== 0) {
      dataflow.spoil(node.index);
      streams.itemFailed(node, lane, error);
      status.event({ event: 'item.failed', node: node.id, item: lane.item, attempt, error: error.toReport() });
    }
    this.#ended(lane, node, 'failed', attempt, ms, 0, { error: error.toReport() });
  }

  abandoned(lane: Lane, node: PlanNode): void {
    this.#of.dataflow.block(node, lane, FAILED);
    this.#ended(lane, node, 'cancelled', 1, 0, 0);
  }

  retrying(lane: Lane, node: PlanNode, error: WeftError, attempt: number): void {
    const { status } = this.#of;
    if (lane.scope === 0) status.set(node.index, 'retrying');
    const item = lane.scope === 0 ? {} : { item: lane.item };
    status.event({ event: 'node.retrying', node: node.id, attempt, ...item, error: error.toReport() });
  }

  changed(): void {
    this.#of.changed();
  }

  /** An input will never come. */
  blocked(lane: Lane, node: PlanNode, why: Blocked): void {
    const { streams, dataflow, outcome } = this.#of;
    if (node.signature.body === 'source') return streams.sourceBlocked(node, why);
    if (node.outScope === lane.scope) dataflow.block(node, lane, why);
    else streams.folded(node, lane, null);
    const note = lane.scope === 0 ? { reason: outcome.reasonFor(node) } : undefined;
    this.#ended(lane, node, 'skipped', 1, 0, 0, note);
  }

  /** The cache had what the node gives for the item. */
  cached(lane: Lane, node: PlanNode): void {
    this.#of.streams.itemPassed(node);
    this.#ended(lane, node, 'cached', 1, 0, 0);
  }

  /** The node is through: with one item of its stream, or for good where it runs once. */
  #ended(
    lane: Lane,
    node: PlanNode,
    state: NodeState,
    attempt: number,
    ms: number,
    bytes: number,
    note?: NodeNote,
  ): void {
    const { calls, streams, dataflow, status } = this.#of;
    const ran = state === 'done' || state === 'failed';
    if (ran) status.add(node.index, lane.item, ms, calls.clock, bytes);
    if (attempt > 1) status.attempt(node.index, attempt);
    dataflow.consume(node, lane);
    if (lane.scope !== 0) return streams.itemEnded(node, lane);
    if (state === 'failed' || state === 'cancelled') this.#closeGivenUp(node);
    dataflow.orderAfter(node);
    this.#of.nodeEnded(node, state, note);
  }

  /** A node that was opened for a single value and whose body has not returned. */
  #closeGivenUp(node: PlanNode): void {
    const { bodies, outcome } = this.#of;
    Promise.try(() => bodies.close(node, outcome.closeReason(false))).catch((error) =>
      outcome.failed(asNodeError(error, node.id)),
    );
  }
}
