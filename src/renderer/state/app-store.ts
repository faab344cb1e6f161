import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import type { Catalogue } from '../../shared/protocol/engine-calls.ts';
import type { HostDescription, OpenedFile, Settings } from '../../shared/protocol/window-calls.ts';
import type { Dialog } from './dialog.ts';
import type { OpenGraph } from './graph-store.ts';
import { type Layout, storedLayout } from './layout.ts';

/** All that the window knows beside what belongs to one open graph (`GraphState`). */
export interface AppState {
  readonly line: Line;
  /** Null until the host has answered for the first time. */
  readonly host: HostDescription | null;
  readonly engine: EngineState;
  /** Installed node types by id (`category/name@version`); empty until they have been read. */
  readonly catalogue: ReadonlyMap<string, NodeSignature>;
  /** Node files that could not be loaded. */
  readonly catalogueProblems: Catalogue['problems'];
  readonly settings: Settings;
  readonly tabs: readonly Tab[];
  /** Id of the tab in front; null shows the start page. */
  readonly front: string | null;
  /** Open dialogs, the topmost last. */
  readonly dialogs: readonly Dialog[];
  readonly layout: Layout;
  /** Zoom of the canvas in front, 1 is life size; the canvas tells. */
  readonly zoom: number;
}

/** The line between this window and its host. */
export type Line = { readonly state: 'connecting' | 'open' } | { readonly state: 'lost'; readonly reason: string };

export type EngineState = { readonly state: 'ready' } | { readonly state: 'restarted'; readonly message: string };

export type Tab =
  | { readonly kind: 'graph'; readonly id: string; readonly graph: OpenGraph }
  /** A file that could not be opened, with the reasons; it is left as it is. */
  | { readonly kind: 'failed'; readonly id: string; readonly file: FailedFile }
  /** A model that is looked into. */
  | { readonly kind: 'model'; readonly id: string; readonly model: ModelRef };

/** A model as it was named: by its name, or by its path as a graph in `folder` says it. */
export interface ModelRef {
  readonly path: string;
  /** Null for a graph that was never saved, and for a path that is absolute. */
  readonly folder: string | null;
}

export type FailedFile = Exclude<OpenedFile, { kind: 'ok' }>;

const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  keys: {},
  memoryBudget: null,
  backend: 'auto',
  modelsFolder: null,
  nodesFolders: [],
};

export const appStore = createStore<AppState>(() => ({
  line: { state: 'connecting' },
  host: null,
  engine: { state: 'ready' },
  catalogue: new Map(),
  catalogueProblems: [],
  settings: DEFAULT_SETTINGS,
  tabs: [],
  front: null,
  dialogs: [],
  layout: storedLayout(),
  zoom: 1,
}));

export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(appStore, selector);
}
