import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import type { NodeState, RunSummary } from '../../shared/protocol/run-events.ts';

/** What the last run, or the one under way, has told of one node. Ids are paths: `outer/inner`. */
export interface NodeRun {
  readonly state: NodeState;
  /** 0–1 where the node tells. */
  readonly progress: number | null;
  readonly note: string | null;
  /** What a person must mend before it goes on. */
  readonly waitsFor: ErrorReport | null;
  readonly attempt: number;
  /** ms in the node's body, summed over items; null while it goes on. */
  readonly ms: number | null;
  readonly bytes: number | null;
  readonly items: number | null;
  readonly failedItems: number;
  readonly error: ErrorReport | null;
  /** Why it was skipped. */
  readonly reason: string | null;
}

export interface StreamRun {
  readonly items: number;
  readonly total: number | null;
  readonly fps: number;
  readonly failed: number;
  readonly dropped: number;
}

/** A video file that the run writes. */
export interface WrittenFile {
  readonly node: string;
  readonly path: string;
  /** ms since the epoch. */
  readonly begunAt: number;
  readonly isComplete: boolean;
}

export interface LogLine {
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  readonly node: string | null;
  readonly item: number | null;
  readonly message: string;
}

export interface RunState {
  /** Null when nothing ran yet. */
  readonly ticket: string | null;
  /** The engine's name for it, once it has begun. */
  readonly run: string | null;
  /** `finishing`: its live sources give no more, and what they have given passes through. */
  readonly phase: 'idle' | 'starting' | 'running' | 'finishing' | 'stopping' | 'ended';
  /** A source of it is live: it goes on until somebody ends it. */
  readonly isLive: boolean;
  /** ms since the epoch. */
  readonly startedAt: number | null;
  /** Number of nodes that take part; null until the run has begun. */
  readonly total: number | null;
  readonly summary: RunSummary | null;
  /** What made it fail, also where it ended without a summary: it could not begin, or its engine is gone. */
  readonly failure: ErrorReport | null;
  readonly nodes: ReadonlyMap<string, NodeRun>;
  /** By the id of the source. */
  readonly streams: ReadonlyMap<string, StreamRun>;
  /** The newest values of the graph's outputs. */
  readonly outputs: ReadonlyMap<string, { readonly item: number | null; readonly value: JsonValue }>;
  /** In the order in which they were begun. */
  readonly files: readonly WrittenFile[];
  /** The newest lines. */
  readonly log: readonly LogLine[];
  /** The graph was edited in a way that counts only from the next run. */
  readonly outdated: boolean;
}

/** A run that is over, as the list of runs shows it. */
export interface EndedRun {
  readonly ticket: string;
  /** The engine's name for it; null when it never began. */
  readonly run: string | null;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly summary: RunSummary | null;
  readonly failure: ErrorReport | null;
  readonly outputs: RunState['outputs'];
  readonly files: RunState['files'];
}

export const NO_RUN: RunState = {
  ticket: null,
  run: null,
  phase: 'idle',
  isLive: false,
  startedAt: null,
  total: null,
  summary: null,
  failure: null,
  nodes: new Map(),
  streams: new Map(),
  outputs: new Map(),
  files: [],
  log: [],
  outdated: false,
};
