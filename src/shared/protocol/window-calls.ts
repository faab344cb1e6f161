import type { Graph } from '../graph/document.ts';
import type { BackendStatus } from '../node-api/backend.ts';
import type { JsonValue } from '../node-api/pins.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';
import type { ModelSignature } from '../types/pin-type.ts';
import type { CameraNews, CameraRequest } from './camera.ts';
import type { Catalogue } from './engine-calls.ts';
import type { ModelInspection } from './model-inspection.ts';
import type { PinView, PinWatch, PreviewMessage, PreviewRequest } from './preview.ts';
import type { RunEvent, RunSummary } from './run-events.ts';
import type { RunMemory, RunProfile } from './run-report.ts';

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
  /** All that a model's file says of it, named as for `modelSignature`, and what it is for. */
  inspectModel: { ask: { path: string; folder: string | null }; answer: ModelInspection };
  /** A graph that runs the model. */
  suggestGraph: { ask: { path: string; folder: string | null }; answer: Graph };
  /** A new graph that measures a model on every backend. */
  compareGraph: { ask: { path: string; folder: string | null }; answer: Graph };
  models: { ask: Record<string, never>; answer: readonly ModelEntry[] };
  /** Ends when the model is there; `model` events tell every window how far it is. */
  pullModel: { ask: { name: string }; answer: PulledModel };
  cancelPull: { ask: { name: string }; answer: null };
  /** Deletes a downloaded model, or what there is of one. */
  removeModel: { ask: { name: string }; answer: null };

  /**
   * Starts a run of the document as it is in the window; the answer comes when it has ended. What it writes goes into
   * the folder `output` beside the graph.
   */
  run: { ask: WindowRunRequest; answer: RunSummary };
  /** Ends a run of this window within 3 s, whatever its nodes do. `run` is its id, or its ticket before it has one. */
  stop: { ask: { run: string }; answer: null };
  /**
   * Ends the live sources of a run of this window: what they have given passes through, files are completed, and the run
   * is done. Named as for `stop`.
   */
  finish: { ask: { run: string }; answer: null };
  /** A changed literal of a running graph; false when it can only count from the next run. */
  setLiteral: { ask: { run: string; node: string; pin: string; value: JsonValue }; answer: boolean };
  /** When the nodes of the run were at work. */
  runProfile: { ask: { run: string }; answer: RunProfile };
  /** What the values of the run hold. */
  runMemory: { ask: { run: string }; answer: RunMemory };
  /** Lets go of all results that are kept for later runs; gives the bytes that were freed. */
  emptyCache: { ask: Record<string, never>; answer: { bytes: number } };

  /** News of a camera that a run sees with; `camera` events ask for it. */
  tellCamera: { ask: CameraNews; answer: null };

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
  /** Path of the video that comes with Weft, for whoever has no camera. */
  readonly sampleVideo: string;
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
  /** When nodes are at work is recorded, for `runProfile`. */
  readonly record: boolean;
  /** Chosen by the window; names the run in events. */
  readonly ticket: string;
}

/** A model that comes with Weft, or that it knows where to get. */
export interface ModelEntry {
  /** As a path in a graph may say it. */
  readonly name: string;
  /** What it is for: `detection`, `faces`, `classification`… */
  readonly task: string;
  readonly family: string;
  readonly notes: string;
  readonly licence: string;
  /** Size of its file: as the catalogue has it, as long as it is not here. */
  readonly bytes: number;
  /** The server that it comes from; null for one that comes with Weft. */
  readonly source: string | null;
  /** A download is compared with a digest that its makers published. */
  readonly hasDigest: boolean;
  readonly state: ModelState;
}

export type ModelState =
  | { readonly kind: 'bundled' | 'here'; readonly path: string }
  /** `partBytes`: what an earlier download left, from which the next goes on; `failure`: how it ended. */
  | { readonly kind: 'absent'; readonly partBytes: number; readonly failure: ErrorReport | null }
  | {
      readonly kind: 'pulling';
      readonly bytes: number;
      readonly total: number | null;
      readonly bytesPerSecond: number | null;
    };

export interface PulledModel {
  readonly path: string;
  /** SHA-256 that was recorded for the next time, where nobody had published one. */
  readonly recordedDigest: string | null;
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
  /** A run needs something of the window's cameras; `tellCamera` answers. */
  | { readonly event: 'camera'; readonly request: CameraRequest }
  | { readonly event: 'engine'; readonly state: 'ready' | 'restarted'; readonly message: string | null }
  | { readonly event: 'file.changed'; readonly path: string; readonly version: FileVersion | null }
  | { readonly event: 'model'; readonly model: ModelEntry }
  | { readonly event: 'settings'; readonly settings: Settings }
  | { readonly event: 'open.requested'; readonly path: string }
  | { readonly event: 'close.requested' }
  /** A menu of the system was used: the id of the action. */
  | { readonly event: 'action'; readonly id: string }
  | { readonly event: 'host.failed'; readonly error: ErrorReport };
