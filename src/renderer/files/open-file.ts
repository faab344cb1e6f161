import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import { announce } from '../announce/announce.ts';
import { call } from '../connection/host.ts';
import { openGraph } from '../state/graph-store.ts';
import { addFailedTab, addGraphTab, openGraphs, showTab } from '../state/tabs.ts';
import { fileName } from './graph-name.ts';
import { findMissingFiles } from './missing-files.ts';
import { GRAPH_EXTENSION, pickFile } from './pick-file.ts';

export async function chooseAndOpen(): Promise<void> {
  const path = await pickFile({ mode: 'open', title: 'Open a graph', extensions: [GRAPH_EXTENSION] });
  if (path !== null) await openFile(path);
}

/**
 * Opens a graph file in a tab, or brings its tab to the front. A file that cannot be opened gets a tab with the reasons.
 * @throws WeftError when the host cannot be asked
 */
export async function openFile(path: string): Promise<void> {
  if (showOpenFile(path)) return;
  const file = await call('open', { path });
  // The host may know the file by another path, and a double click opens it twice.
  if (showOpenFile(file.path)) return;
  if (file.kind !== 'ok') {
    addFailedTab(file);
    announce(`${fileName(path)} could not be opened.`);
    return;
  }
  const { folder, version, readOnly, trusted } = file;
  const graph = openGraph({
    id: crypto.randomUUID(),
    editor: new GraphEditor(file.graph),
    file: { path: file.path, folder, version, readOnly, changedOnDisk: null },
    unnamed: file.name,
    trusted,
  });
  addGraphTab(graph);
  announce(`${fileName(path)} is open.`);
  await findMissingFiles(graph);
}

function showOpenFile(path: string): boolean {
  const open = openGraphs().find(({ store }) => store.getState().file?.path === path);
  if (open !== undefined) showTab(open.id);
  return open !== undefined;
}
