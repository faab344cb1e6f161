/** When the nodes of a run, and the processes beside the engine, were at work. */
export interface RunProfile {
  /** The nodes of the run, by the numbers in `spans`; `type` as `image/letterbox@1`. */
  readonly nodes: readonly { readonly id: string; readonly type: string }[];
  /** By the numbers in `spans`, as `inference cpu` with the process's number in the system; the first is the engine. */
  readonly processes: readonly WorkingProcess[];
  /** The newest ones, when there were too many; in the order in which they ended. */
  readonly spans: SpanColumns;
  /** Spans that are no longer there: the oldest ones. */
  readonly dropped: number;
}

export interface WorkingProcess {
  readonly name: string;
  readonly pid: number;
}

/** Pieces of work, one entry each in every column. */
export interface SpanColumns {
  readonly node: Int32Array<ArrayBuffer>;
  /** -1 where the node runs once, or the work was for no item in particular. */
  readonly item: Int32Array<ArrayBuffer>;
  /** ms since the run began. */
  readonly start: Float64Array<ArrayBuffer>;
  readonly end: Float64Array<ArrayBuffer>;
  /** 0 for a call of the node's own body; work in another process is a part of such a call, or goes on beside it. */
  readonly process: Uint16Array<ArrayBuffer>;
  /** What the call gave out; 0 for work in another process. */
  readonly bytes: Float64Array<ArrayBuffer>;
  /** ms for which work in another process waited until that was free; 0 for a call. */
  readonly waited: Float64Array<ArrayBuffer>;
}

/** What the values of a run hold, node by node, and how full the memory for all of them is. Sizes are in bytes. */
export interface RunMemory {
  readonly nodes: readonly NodeMemory[];
  /** Of all these nodes; memory that several values lie in is counted once. */
  readonly heldBytes: number;
  /** What emptying the cache would give back: results of all graphs that nobody else holds. */
  readonly cacheBytes: number;
  readonly arena: {
    readonly usedBytes: number;
    readonly peakBytes: number;
    readonly reservedBytes: number;
    /** How memory goes between processes, as `zero-copy`. */
    readonly path: string;
  };
  /** Typed arrays and text of values, outside the arena. */
  readonly heapBytes: number;
  /** Most that arena and heap may hold together. */
  readonly budgetBytes: number;
}

export interface NodeMemory {
  readonly node: string;
  /** Of its outputs and of what it keeps. */
  readonly bytes: number;
  /** The most that it has held at one time in this run. */
  readonly peakBytes: number;
  /** What its body keeps from call to call. */
  readonly keptBytes: number;
  readonly pins: readonly PinMemory[];
}

export interface PinMemory {
  /** An output. */
  readonly pin: string;
  readonly bytes: number;
  readonly peakBytes: number;
  /** Who needs what lies there now. */
  readonly holders: readonly ValueHolder[];
}

/**
 * `waiting`: a node that has not used the value yet. `cache`: kept for a later run. `preview`: kept to be looked at;
 * it goes when memory is short.
 */
export const VALUE_HOLDERS = ['waiting', 'cache', 'preview'] as const;
export type ValueHolder = (typeof VALUE_HOLDERS)[number];
