import type { Graph } from '../graph/document.ts';
import type { BackendStatus } from '../node-api/backend.ts';
import type { JsonValue } from '../node-api/pins.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';
import type { ModelSignature } from '../types/pin-type.ts';
import type { Catalogue } from './engine-calls.ts';
import type { PinRef, PinView, PinWatch, PreviewMessage, PreviewRequest } from './preview.ts';
import type { RunEvent, RunSummary } from './run-events.ts';

/**
 * What a window may ask of its host. Each call has a zod schema beside it (`window-schemas.ts`); a call that fails
 * rejects with a `WeftError`.
 */
export interface WindowCalls {
  /** The first call of a window. */
  hello: { ask: Record<string, never>; answer: HostDescription };

  catalogue: { ask: Record<string, never>; answer: Catalogue };
  backends: { ask: Record<string, never>; answer: readonly BackendStatus[] };
  doctor: { ask: Record<string, never>; answer: Readonly<Record<string, string>> };
  /** Reads a model's own pins; `path` as a graph in `folder` would say it, or a model's name. */
  modelSignature: { ask: { path: string; folder: string | null }; answer: ModelSignature };
  models: { ask: Record<string, never>; answer: readonly ModelEntry[] };
  /** Ends when the model is there; `model.progress` events tell how far it is. */
  pullModel: { ask: { name: string }; answer: { path: string } };
  cancelPull: { ask: { name: string }; answer: null };

  /**
   * Starts a run of the document as it is in the window; the answer comes when it has ended. What it writes goes into
   * the folder `output` beside the graph.
   */
  run: { ask: WindowRunRequest; answer: RunSummary };
  /** Ends a run of this window within 3 s, whatever its nodes do. `run` is its id, or its ticket before it has one. */
  stop: { ask: { run: string }; answer: null };
  /** A changed literal of a running graph; false when it can only count from the next run. */
  setLiteral: { ask: { run: string; node: string; pin: string; value: JsonValue }; answer: boolean };
  /** What the run recorded, for the profiler and the memory panel. */
  runReport: { ask: { run: string }; answer: RunReport };

  /** The pins this window shows; replaces what it watched before. */
  watch: { ask: { watches: readonly PinWatch[] }; answer: null };
  /** One look at a pin, at any time after its node ran. */
  preview: { ask: PreviewRequest; answer: PinView };

  samples: { ask: Record<string, never>; answer: readonly SampleGraph[] };
  recent: { ask: Record<string, never>; answer: readonly RecentFile[] };
  forgetRecent: { ask: { path: string }; answer: null };
  /** Reads a graph file. Never writes; a file that cannot be opened is told, not thrown. */
  open: { ask: { path: string }; answer: OpenedFile };
  /**
   * Writes a graph: temporary file, fsync, rename, the previous version kept beside it.
   * @throws E_FILE_CHANGED when the file is no longer the version that was opened, unless `overwrite`
   */
  save: { ask: SaveRequest; answer: { path: string; folder: string; version: FileVersion } };
  /** Keeps unsaved work, outside the person's folders. */
  backUp: { ask: Backup; answer: null };
  dropBackup: { ask: { id: string }; answer: null };
  /** Unsaved work that an earlier window or host left behind. */
  backups: { ask: Record<string, never>; answer: readonly (Backup & { at: number })[] };

  /** The system's own file dialog; null when the person gave up. Only where `HostDescription.dialogs`. */
  pickFile: { ask: PickRequest; answer: string | null };
  /** For the window's own file dialog: only folders that the person allowed. */
  listFolder: { ask: { path: string | null }; answer: FolderListing };
  /** Which of these paths, as the graph in `folder` says them, are missing. */
  missingFiles: { ask: { folder: string | null; paths: readonly string[] }; answer: readonly string[] };
  /** The path as a graph in `folder` should say it: relative where that is possible. */
  relativePath: { ask: { folder: string | null; path: string }; answer: string };
  /** Keeps a file that was dropped on a window that knows no paths (a browser). */
  importFile: { ask: { name: string; content: Uint8Array<ArrayBuffer> }; answer: { path: string } };
  /** Writes a picture, text or JSON that the person saves from a viewer. */
  exportFile: { ask: { path: string; content: Uint8Array<ArrayBuffer> }; answer: null };
  /** Shows a file in the system's file manager. Only where `HostDescription.dialogs`. */
  revealFile: { ask: { path: string }; answer: null };

  settings: { ask: Record<string, never>; answer: Settings };
  changeSettings: { ask: { settings: Settings }; answer: null };

  /** The window may close now, or not: its answer to `close.requested`. */
  closeWindow: { ask: Record<string, never>; answer: null };
  /** Sets what the window's title says. */
  setTitle: { ask: { title: string; unsaved: boolean }; answer: null };
}

export type WindowCall = keyof WindowCalls;

export interface HostDescription {
  readonly host: 'desktop' | 'server';
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** The system's file dialogs can be used. */
  readonly dialogs: boolean;
  /** Files that the host was asked to open, by a double click or its command line. */
  readonly openFirst: readonly string[];
}

export interface WindowRunRequest {
  readonly document: Graph;
  /** As in `PinWatch`: the open graph whose pins show this run. */
  readonly graph?: string;
  /** Folder of the graph's file; null for a graph that was never saved. */
  readonly folder: string | null;
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  /** Backend for every node that leaves the choice open. */
  readonly backend?: string;
  /** Run to these nodes. */
  readonly to?: readonly string[];
  /** Run from these nodes: they and all after them are computed anew. */
  readonly from?: readonly string[];
  /** Memory and spans are recorded for `runReport`. */
  readonly record: boolean;
  /** Chosen by the window; names the run in events. */
  readonly ticket: string;
}

export interface RunReport {
  readonly pins: readonly { readonly ref: PinRef; readonly bytes: number; readonly peakBytes: number }[];
  readonly arena: { readonly usedBytes: number; readonly reservedBytes: number; readonly path: string };
  readonly budgetBytes: number;
  /** Work done, oldest first, ms since the run began; the newest ones when there were too many. */
  readonly spans: readonly {
    readonly node: string;
    readonly item: number | null;
    readonly start: number;
    readonly end: number;
    /** Where it worked beside the engine, as `inference cpu`. */
    readonly isolate: string | null;
  }[];
  readonly spansDropped: number;
}

export interface ModelEntry {
  readonly name: string;
  readonly summary: string;
  readonly licence: string;
  readonly bytes: number | null;
  readonly state: 'bundled' | 'here' | 'absent' | 'pulling';
  readonly path: string | null;
}

export interface SampleGraph {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** For a sketch of it; `open` opens it. */
  readonly graph: Graph;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  /** ms since the epoch. */
  readonly openedAt: number;
  readonly missing: boolean;
}

/** Tells two states of a file apart. */
export type FileVersion = string;

export type OpenedFile =
  | {
      readonly kind: 'ok';
      readonly path: string;
      readonly folder: string;
      readonly name: string;
      readonly graph: Graph;
      readonly version: FileVersion;
      /** Saving asks for another place: samples, copies of dropped files, and files that may not be written. */
      readonly readOnly: boolean;
      /** Made on this machine, or allowed by the person. */
      readonly trusted: boolean;
    }
  | {
      readonly kind: 'missing' | 'unreadable' | 'not-weft' | 'newer' | 'invalid';
      readonly path: string;
      readonly problems: readonly { readonly message: string; readonly path?: string }[];
    };

export interface SaveRequest {
  readonly path: string;
  readonly graph: Graph;
  /** The version that was opened or saved last; null for a new file. */
  readonly expected: FileVersion | null;
  readonly overwrite: boolean;
}

export interface Backup {
  /** Of the open document, chosen by the window. */
  readonly id: string;
  readonly path: string | null;
  readonly name: string;
  readonly graph: Graph;
}

export interface PickRequest {
  readonly mode: 'open' | 'save' | 'folder';
  readonly title: string;
  readonly suggested?: string;
  readonly extensions?: readonly string[];
}

export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  /** Folders that the person allowed. */
  readonly roots: readonly { readonly path: string; readonly name: string }[];
  readonly entries: readonly { readonly name: string; readonly kind: 'folder' | 'file'; readonly bytes: number }[];
}

export interface Settings {
  readonly theme: 'system' | 'dark' | 'light';
  /** Key combinations by action id; an empty list takes an action's keys away. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** MiB; null: half of the memory there is. Counts from the next start. */
  readonly memoryBudget: number | null;
  readonly backend: string;
  readonly modelsFolder: string | null;
  readonly nodesFolders: readonly string[];
}

/** What a host tells a window without being asked. */
export type WindowEvent =
  /** What happened in runs, at most 60 messages a second. */
  | { readonly event: 'run'; readonly ticket: string; readonly events: readonly RunEvent[] }
  /** The client acknowledges each before the next of the same watch is sent. */
  | { readonly event: 'preview'; readonly message: PreviewMessage }
  | { readonly event: 'engine'; readonly state: 'ready' | 'restarted'; readonly message: string | null }
  | { readonly event: 'file.changed'; readonly path: string; readonly version: FileVersion | null }
  | { readonly event: 'model.progress'; readonly name: string; readonly bytes: number; readonly total: number | null }
  | { readonly event: 'settings'; readonly settings: Settings }
  | { readonly event: 'open.requested'; readonly path: string }
  | { readonly event: 'close.requested' }
  /** A menu of the system was used: the id of the action. */
  | { readonly event: 'action'; readonly id: string }
  | { readonly event: 'host.failed'; readonly error: ErrorReport };
