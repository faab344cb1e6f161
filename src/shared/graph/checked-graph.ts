import type { ErrorCode } from '../node-api/error-codes.ts';
import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import type { Conversion } from '../types/assignability.ts';
import type { PinType } from '../types/pin-type.ts';
import type { Policy } from './document.ts';

/** Something wrong with a graph: one sentence that says what, where and what to do. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly node?: string;
  readonly pin?: string;
  /** Place in the file, as `nodes[3].params.width`. */
  readonly path?: string;
}

/** Where an input pin gets its value from. */
export type InputSource =
  | {
      readonly from: 'wire';
      /** Index into `CheckedGraph.nodes`. */
      readonly node: number;
      /** Index into the outputs of that node's signature. */
      readonly output: number;
      readonly conversion: Conversion | null;
      /** Type that each value is checked against when it arrives, where the types alone leave open whether it fits. */
      readonly check: PinType | null;
    }
  | { readonly from: 'literal'; readonly value: JsonValue }
  | { readonly from: 'nothing' };

export interface CheckedNode {
  /** Path of the node: `outer/inner` inside graphs used as nodes. */
  readonly id: string;
  readonly title: string;
  readonly signature: NodeSignature;
  /** One per input of the signature, in its order; an unset pin with a default has the default as its literal. */
  readonly inputs: readonly InputSource[];
  /** Types of the outputs after types have flowed, in the signature's order. */
  readonly outputTypes: readonly PinType[];
  /** Indices of nodes that must have ended before this one starts, without data (`after`). */
  readonly after: readonly number[];
  readonly policy: Policy;
  /**
   * Index of the node that begins the stream whose items this node runs once for (a source, or a node with `stream:
   * 'begins'`); -1 when it runs once. A source's own is -1, and that of any other node that begins a stream is the one it
   * takes items from. That of a `collect` node is the stream it folds; what it gives belongs to no stream, so its
   * consumers run once.
   */
  readonly stream: number;
}

/** A graph that may run: subgraphs flattened, auto-wires drawn, bypasses taken out, types and streams known. */
export interface CheckedGraph {
  /** In topological order: a wire or `after` always leads from a lower to a higher index. */
  readonly nodes: readonly CheckedNode[];
  /** Everything wrong; the graph runs only when empty. */
  readonly problems: readonly Problem[];
  /** What a person should know though it is no mistake: auto-wires drawn, names that clashed. */
  readonly notes: readonly string[];
  /** The graph's own interface: its `io/input` and `io/output` nodes at the top level. */
  readonly inputs: readonly {
    readonly name: string;
    readonly node: number;
    readonly type: PinType;
    readonly default?: JsonValue;
  }[];
  readonly outputs: readonly { readonly name: string; readonly node: number; readonly type: PinType }[];
}
