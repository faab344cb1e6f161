import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeState } from '../../shared/protocol/run-events.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Bodies } from './bodies.ts';
import type { CallContext } from './call-context.ts';
import type { Dataflow } from './dataflow.ts';
import type { Lane } from './lane.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { Preparation } from './prepare-run.ts';
import type { Status } from './status.ts';

/** The run that the streams are part of. */
export interface StreamHost {
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly store: ObjectStore;
  readonly status: Status;
  readonly dataflow: Dataflow;
  readonly bodies: Bodies;
  /** Items of one stream in flight. */
  readonly window: number;
  readonly stopping: boolean;
  contextFor(node: PlanNode, lane: Lane): CallContext;
  ready(lane: Lane, node: number): void;
  /** Calls a piece of a node's code that returns at once, with the host watching. */
  watched<T>(node: PlanNode, work: () => T): T;
  /** The node has ended for good. */
  nodeEnded(node: PlanNode, state: NodeState, note?: NodeNote): void;
  /** Empties the cache as far as it takes; true when that brought the store under its budget. */
  makeRoom(): boolean;
  /** An error that makes the run fail. */
  runFailed(error: WeftError): void;
  /** Sentence why a node could not run. */
  reasonFor(node: PlanNode): string;
  /** Something ended outside of a call from the run. */
  changed(): void;
}
