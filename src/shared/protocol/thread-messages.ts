import type { BackendStatus } from '../node-api/backend.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';
import type { ModelSignature } from '../types/pin-type.ts';
import type { CameraNews, CameraRequest } from './camera.ts';
import type { Catalogue, Explanation, GraphRequest, RunRequest, Validation } from './engine-calls.ts';
import type { PinView, PinWatch, PreviewMessage, PreviewRequest } from './preview.ts';
import type { RunSummary } from './run-events.ts';
import type { RunMemory, RunProfile } from './run-report.ts';
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
  finish: { readonly ask: { readonly run: string }; readonly answer: boolean };
  setLiteral: {
    readonly ask: { readonly run: string; readonly node: string; readonly pin: string; readonly value: unknown };
    readonly answer: boolean;
  };
  /** The pins that a window shows, in place of those before. */
  watch: { readonly ask: { readonly window: string; readonly watches: readonly PinWatch[] }; readonly answer: null };
  /** A window has shown the last message about each of these watches. */
  acknowledge: {
    readonly ask: { readonly window: string; readonly watches: readonly string[] };
    readonly answer: null;
  };
  preview: { readonly ask: { readonly window: string; readonly request: PreviewRequest }; readonly answer: PinView };
  /** What a window tells of a camera of its own. */
  camera: { readonly ask: { readonly window: string; readonly news: CameraNews }; readonly answer: null };
  /** A window is gone. */
  forget: { readonly ask: { readonly window: string }; readonly answer: null };
  runProfile: { readonly ask: { readonly run: string }; readonly answer: RunProfile };
  runMemory: { readonly ask: { readonly run: string }; readonly answer: RunMemory };
  /** Gives the bytes that were freed. */
  emptyCache: { readonly ask: Record<string, never>; readonly answer: number };
  modelSignature: { readonly ask: { readonly path: string; readonly folder: string }; readonly answer: ModelSignature };
  close: { readonly ask: Record<string, never>; readonly answer: null };
}

export type CallName = keyof EngineCalls;

export type ToEngine = {
  [K in CallName]: { readonly id: number; readonly call: K; readonly ask: EngineCalls[K]['ask'] };
}[CallName];

export type FromEngine =
  /** The engine can be asked. */
  | { readonly tell: 'ready' }
  | {
      readonly tell: 'previews';
      readonly previews: readonly { readonly window: string; readonly message: PreviewMessage }[];
    }
  | { readonly tell: 'camera'; readonly window: string; readonly request: CameraRequest }
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
