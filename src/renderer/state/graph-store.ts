import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import type { Graph } from '../../shared/graph/document.ts';
import type { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { FileVersion } from '../../shared/protocol/window-calls.ts';
import { type EndedRun, NO_RUN, type RunState } from './run-state.ts';
import { NO_SELECTION, type Selection } from './selection.ts';

/** Where an open graph lies; null for one that was never saved. */
export interface GraphFile {
  readonly path: string;
  readonly folder: string;
  readonly version: FileVersion;
  readonly readOnly: boolean;
  /** What the file has become behind our back, until the person chose. */
  readonly changedOnDisk: FileVersion | 'removed' | null;
}

/** The place on the canvas that is looked at: the body and its part in view. */
export interface View {
  /** The graphs used as nodes that were opened, outermost first; empty at the top level. */
  readonly trail: readonly Step[];
}

/** A graph used as a node that was opened. */
export interface Step {
  /** Its name in `Graph.graphs`. */
  readonly graph: string;
  /** The node it was opened from, in the graph before; null when it was opened by its name, from the list of graphs. */
  readonly node: string | null;
}

/** All that a window knows of one open graph. The document has one owner, the editor; the rest is the window's own. */
export interface GraphState {
  readonly id: string;
  readonly file: GraphFile | null;
  /** What it is called while it has neither a file nor a name. */
  readonly unnamed: string;
  readonly trusted: boolean;
  /** `editor.graph`, renewed with each edit. */
  readonly graph: Graph;
  readonly saved: boolean;
  readonly view: View;
  readonly selection: Selection;
  /** Types, problems and streams; a moment behind the document while it is edited. */
  readonly checked: CheckedGraph;
  readonly run: RunState;
  /** The runs that have ended since the graph was opened, the newest first; a bounded number of them. */
  readonly runs: readonly EndedRun[];
  /** Backend for its runs; null: the one of the settings. */
  readonly backend: string | null;
  /** Values for the graph's own inputs in place of their defaults, by name. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
}

export interface OpenGraph {
  readonly id: string;
  readonly editor: GraphEditor;
  readonly store: StoreApi<GraphState>;
}

const NOTHING_CHECKED: CheckedGraph = { nodes: [], problems: [], notes: [], inputs: [], outputs: [] };

export interface NewOpenGraph {
  readonly id: string;
  readonly editor: GraphEditor;
  readonly file: GraphFile | null;
  readonly unnamed: string;
  readonly trusted: boolean;
}

export function openGraph({ id, editor, file, unnamed, trusted }: NewOpenGraph): OpenGraph {
  const store = createStore<GraphState>(() => ({
    id,
    file,
    unnamed,
    trusted,
    graph: editor.graph,
    saved: editor.isSaved,
    view: { trail: [] },
    selection: NO_SELECTION,
    checked: NOTHING_CHECKED,
    run: NO_RUN,
    runs: [],
    backend: null,
    inputs: {},
  }));
  editor.subscribe(() => store.setState({ graph: editor.graph, saved: editor.isSaved }));
  return { id, editor, store };
}
