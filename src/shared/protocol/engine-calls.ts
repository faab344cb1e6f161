import type { Problem } from '../graph/checked-graph.ts';
import type { Graph } from '../graph/document.ts';
import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';

/** A graph, with what is set from outside in place of its own values. */
export interface GraphRequest {
  /** A file, or a document with the folder that its relative paths start from. */
  readonly graph: { readonly path: string } | { readonly document: Graph; readonly folder: string };
  /** Values of the graph's inputs, by name. */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  /** Literals of single pins. */
  readonly params?: readonly { readonly node: string; readonly pin: string; readonly value: JsonValue }[];
  /** Folder that relative paths in `inputs` and `params` start from; the graph's own when left out. */
  readonly cwd?: string;
  /** Backend for every node that leaves the choice open. */
  readonly backend?: string;
}

export interface RunRequest extends GraphRequest {
  /** Folder for the files that the run writes. */
  readonly out: string;
  /**
   * Ids of nodes to run to: only they and what they need run, and their outputs are outputs of the run. A graph used as a
   * node stands for all nodes in it.
   */
  readonly to?: readonly string[];
  /**
   * Ids of nodes to run from: they and all nodes after them are computed anew, what they need comes from the cache as far
   * as it is there, and nothing else runs.
   */
  readonly from?: readonly string[];
  /** Who shows the run: its values stay after it, as far as there is memory, and outputs are written to no file. */
  readonly shownIn?: Stage;
  /** When each node is at work is recorded, for `RunProfile`. */
  readonly record?: boolean;
  readonly timeoutMs?: number;
}

/** A graph in a window. Each shows the run that was begun for it last. */
export interface Stage {
  readonly window: string;
  /** Where the window has several open: its own name for this one. */
  readonly graph?: string;
}

export interface Validation {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** What a run would do, node by node in order. */
export interface Explanation extends Validation {
  readonly nodes: readonly ExplainedNode[];
}

export interface ExplainedNode {
  readonly id: string;
  readonly type: string;
  /** `once`, or the id of the source whose items it runs for. */
  readonly runs: string;
  readonly inputs: readonly { readonly name: string; readonly from: string }[];
  /** Types as people read them, with the shapes that are known. */
  readonly outputs: readonly { readonly name: string; readonly type: string; readonly arenaBytes?: number }[];
  readonly cached: boolean;
  /** Kind of the process that it works in beside the engine's. */
  readonly isolate?: string;
}

export interface Catalogue {
  readonly nodes: readonly NodeSignature[];
  readonly problems: readonly { readonly path: string; readonly report: ErrorReport }[];
}
