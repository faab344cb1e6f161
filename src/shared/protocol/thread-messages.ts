import type { BackendStatus } from '../node-api/backend.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';
import type { Catalogue, Explanation, GraphRequest, RunRequest, Validation } from './engine-calls.ts';
import type { RunSummary } from './run-events.ts';
import type { StatusBatch } from './status-batch.ts';

/** What the host may ask of the engine's thread, and what it gets back. */
export interface EngineCalls {
  run: { readonly ask: RunRequest; readonly answer: RunSummary };
  validate: { readonly ask: GraphRequest; readonly answer: Validation };
  explain: { readonly ask: RunRequest; readonly answer: Explanation };
  nodes: { readonly ask: { readonly query?: string }; readonly answer: Catalogue };
  backends: { readonly ask: Record<string, never>; readonly answer: readonly BackendStatus[] };
  doctor: { readonly ask: Record<string, never>; readonly answer: Readonly<Record<string, string>> };
  cancel: { readonly ask: { readonly run: string }; readonly answer: boolean };
  setLiteral: {
    readonly ask: { readonly run: string; readonly node: string; readonly pin: string; readonly value: unknown };
    readonly answer: boolean;
  };
  close: { readonly ask: Record<string, never>; readonly answer: null };
}

export type CallName = keyof EngineCalls;

export type ToEngine = {
  [K in CallName]: { readonly id: number; readonly call: K; readonly ask: EngineCalls[K]['ask'] };
}[CallName];

export type FromEngine =
  | { readonly tell: 'answer'; readonly id: number; readonly answer: EngineCalls[CallName]['answer'] }
  | { readonly tell: 'failed'; readonly id: number; readonly error: ErrorReport }
  /** The call with this id began a run. */
  | {
      readonly tell: 'started';
      readonly id: number;
      readonly run: string;
      readonly serial: number;
      readonly ids: readonly string[];
    }
  | { readonly tell: 'batch'; readonly id: number; readonly batch: StatusBatch };

/** What the engine's thread is given when it starts. */
export interface EngineThreadData<Port> {
  readonly segments: Port;
  readonly segmentAnswered: Int32Array<SharedArrayBuffer>;
  readonly spawns: Port;
  readonly heartbeat: SharedArrayBuffer;
  readonly settings: EngineSettings;
}

export interface EngineSettings {
  /** Most bytes that values may hold; half of the memory there is when left out. */
  readonly budgetBytes?: number;
  readonly nodesFolders?: readonly string[];
  readonly checkInputs?: boolean;
  readonly poison?: boolean;
  readonly refuseUnsupported?: boolean;
}
