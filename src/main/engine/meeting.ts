import type { Dataflow } from './dataflow.ts';
import type { Lane } from './lane.ts';
import type { PlanNode, Side } from './plan.ts';
import type { Stream } from './stream.ts';

/** The streams of the run, as far as a node that joins some of them sees them. */
export interface MeetingHost {
  readonly dataflow: Dataflow;
  readonly stopping: boolean;
  streamOf(scope: number): Stream;
  /** The node may be called for the item. */
  ready(lane: Lane, node: number): void;
  /** The node is through with an item of another stream. */
  sideEnded(node: PlanNode, side: Side, lane: Lane): void;
  /** The node takes no further items of other streams, and gives none. */
  meetingEnded(node: PlanNode): void;
}

/** Where the items of different streams meet: decides when a node is called, and with what of the other streams. */
export interface Meeting {
  /** It is an item's turn, at the node or at one of its sides; true when the node is to be called for it now. */
  arrive(lane: Lane): boolean;
  /** Something has changed in one of the streams. */
  advance(): void;
  /** The node is through with an item of its own stream. */
  ended(lane: Lane): void;
}
