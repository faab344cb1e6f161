import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import { FORMAT_VERSION } from '../../shared/graph/parse.ts';
import { openGraph } from '../state/graph-store.ts';
import { addGraphTab, openGraphs } from '../state/tabs.ts';
import { freeName, graphName } from './graph-name.ts';

export function newGraph(): void {
  const editor = new GraphEditor({ weft: FORMAT_VERSION, nodes: [], wires: [] });
  const unnamed = freeName(openGraphs().map(({ store }) => graphName(store.getState())));
  addGraphTab(openGraph({ id: crypto.randomUUID(), editor, file: null, unnamed, trusted: true }));
}
