import type { FileVersion } from '../../shared/protocol/window-calls.ts';
import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { ask } from '../state/show-dialog.ts';
import { openGraphs } from '../state/tabs.ts';
import { compareGraphs } from './compare-graphs.ts';
import { fileName } from './graph-name.ts';

/** The host saw a file change; null for one that is gone. What this window wrote itself is no news. */
export function noteChangedFile(path: string, version: FileVersion | null): void {
  for (const { store } of openGraphs()) {
    const { file } = store.getState();
    if (file === null || file.path !== path) continue;
    const changedOnDisk = version === file.version ? null : (version ?? 'removed');
    store.setState({ file: { ...file, changedOnDisk } });
  }
}

/** After a new line to the host: it is to watch the files of this window, and tells how they are now. */
export async function lookAtFilesAgain(): Promise<void> {
  for (const { store } of openGraphs()) {
    const { file } = store.getState();
    if (file === null) continue;
    const opened = await call('open', { path: file.path });
    if (opened.kind === 'ok') noteChangedFile(file.path, opened.version);
    if (opened.kind === 'missing') noteChangedFile(file.path, null);
  }
}

/** Takes over what the file holds now, as one step of history, so that it can be taken back. */
export async function reload(graph: OpenGraph): Promise<void> {
  const onDisk = await readAgain(graph);
  if (onDisk === null) return;
  const { editor, store } = graph;
  editor.edit('Reload from disk', (draft) => draft.putBody(null, onDisk.graph));
  editor.markSaved();
  const { path, folder, version, readOnly } = onDisk;
  store.setState({ file: { path, folder, version, readOnly, changedOnDisk: null } });
}

/** Goes on with what is in the window; saving will ask before it writes over the file. */
export function keepMine({ store }: OpenGraph): void {
  const { file } = store.getState();
  if (file !== null) store.setState({ file: { ...file, changedOnDisk: null } });
}

/** Shows by name what differs between the window and the file, and asks which of them counts. */
export async function compareWithDisk(graph: OpenGraph): Promise<void> {
  const onDisk = await readAgain(graph);
  if (onDisk === null) return;
  const { onlyMine, onlyTheirs, different } = compareGraphs(graph.editor.graph, onDisk.graph);
  const details = [
    ...onlyMine.map((name) => `Only in this window: ${name}`),
    ...onlyTheirs.map((name) => `Only on disk: ${name}`),
    ...different.map((name) => `Different: ${name}`),
  ];
  const choice = await ask({
    title: `Which ${fileName(onDisk.path)} counts?`,
    text: details.length === 0 ? 'Nodes and wires are the same in both.' : 'These parts differ:',
    details,
    choices: [
      { id: 'reload', label: 'Reload from disk', tone: 'main' },
      { id: 'keep', label: 'Keep mine', tone: 'plain' },
    ],
  });
  if (choice === 'reload') await reload(graph);
  if (choice === 'keep') keepMine(graph);
}

async function readAgain({ store }: OpenGraph) {
  const { file } = store.getState();
  if (file === null) return null;
  const opened = await call('open', { path: file.path });
  if (opened.kind === 'ok') return opened;
  const [problem] = opened.problems;
  notify({
    tone: 'failed',
    sentence: problem?.message ?? `${fileName(file.path)} cannot be read: save the graph to write it again.`,
  });
  return null;
}
