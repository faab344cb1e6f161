import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import type { Policy } from '../../shared/graph/document.ts';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import type { Conversion } from '../../shared/types/assignability.ts';
import type { PinType } from '../../shared/types/pin-type.ts';

/**
 * A checked graph, compiled for the scheduler: flat arrays and numbers instead of names.
 *
 * Nodes run in *scopes*: scope 0 is the graph itself, where a node runs once; scope k > 0 is one stream, where a node
 * runs once per item. Values lie in *slots* of a *lane*: scope 0 has one lane, a stream has as many as items may be in
 * flight. A source runs in scope 0 and gives its outputs to its stream's lanes; a node that begins a stream of items
 * runs in the lanes of one scope and gives to those of another; a `collect` node runs in the lanes and gives its output to
 * scope 0. A node that joins streams runs in one scope and has a *side* in each of the others.
 */
export interface Plan {
  readonly graph: CheckedGraph;
  readonly nodes: readonly PlanNode[];
  /** Ids of the nodes, by index. */
  readonly ids: readonly string[];
  readonly scopes: readonly Scope[];
  /** Consumers of each node's outputs, one entry per wire. */
  readonly wires: Adjacency;
  /** Nodes that wait for each node's end (`after`). */
  readonly after: Adjacency;
  /** Nodes that run once, by cache key. */
  readonly byKey: ReadonlyMap<string, number>;
  /** By slot of scope 0: 1 when its value may be kept for a later run. */
  readonly keepsSlot: Uint8Array;
}

export interface Scope {
  /** Index of the node that begins the stream; -1 for scope 0. */
  readonly source: number;
  /** Scope that this node runs in: 0 for the stream of a source. */
  readonly parent: number;
  /** Indices of the nodes that run in it, in topological order. */
  readonly nodes: readonly number[];
  /** Places in a lane: of these nodes, and of the sides that others have here. */
  readonly places: number;
  readonly slots: number;
}

/** Who follows node n: `targets[starts[n]]` up to `targets[starts[n + 1]]`. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

export interface PlanNode {
  readonly index: number;
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly signature: NodeSignature;
  readonly policy: Policy;
  /** Scope whose lanes it runs in, and its place in them. */
  readonly scope: number;
  readonly local: number;
  /** Scope whose lanes its outputs lie in. */
  readonly outScope: number;
  /** The other streams that it takes items from. */
  readonly sides: readonly Side[];
  readonly wires: readonly PlanWire[];
  /** Every input of the node, with the literals in place: cloned for each call. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly PlanOutput[];
  /** Sees the items of its stream one at a time and in order. */
  readonly ordered: boolean;
  /** Runs for what it does, whether or not anybody needs its outputs. */
  readonly wanted: boolean;
  /** A small node of the usual kind, for `straight-calls.ts`. */
  readonly straight: boolean;
  /** Name of the graph's output that it is. */
  readonly output: string | null;
  /** Cache key without what is read from files; null when its outputs are never cached. */
  readonly key: string | null;
}

/** A stream, other than its own, that a node takes items from. */
export interface Side {
  readonly scope: number;
  /** The node's place in the lanes of that scope. */
  readonly local: number;
  /** Its items come from the same source as those of the node's own stream, so that it is known which came first. */
  readonly sameSource: boolean;
}

export interface PlanWire {
  readonly input: string;
  readonly producer: number;
  readonly slot: number;
  /** The value is the graph's own, while the node runs once per item. */
  readonly held: boolean;
  /** The other stream that the value is of; null for values of the node's own, and held ones. */
  readonly side: Side | null;
  readonly conversion: Conversion | null;
  readonly acceptsSkipped: boolean;
  /** Makes an absolute path of one that arrives here; null for pins that are no path. */
  readonly toPath: ((path: string) => string) | null;
  /** The pin is for pictures, and takes frames as they are. */
  readonly takesFrames: boolean;
  /** Type that each value is checked against, where the wire itself cannot promise it. */
  readonly check: PinType | null;
  /** Nothing of the above is to be done: the value passes as it is. */
  readonly plain: boolean;
}

export interface PlanOutput {
  readonly name: string;
  readonly type: PinType;
  readonly slot: number;
}
