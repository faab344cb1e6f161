import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import { FORMAT_VERSION } from '../../shared/graph/parse.ts';
import { openGraph } from '../state/graph-store.ts';
import { addGraphTab } from '../state/tabs.ts';

export function newGraph(): void {
  const editor = new GraphEditor({ weft: FORMAT_VERSION, nodes: [], wires: [] });
  addGraphTab(openGraph({ id: crypto.randomUUID(), editor, file: null, trusted: true }));
}
