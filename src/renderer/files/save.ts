import { GraphDraft } from '../../shared/graph/edit/graph-draft.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { announce } from '../announce/announce.ts';
import { call } from '../connection/host.ts';
import type { GraphFile, OpenGraph } from '../state/graph-store.ts';
import { ask } from '../state/show-dialog.ts';
import { joinPath } from './folder-listing.ts';
import { fileName, folderOf, graphName } from './graph-name.ts';
import { GRAPH_EXTENSION, pickFile } from './pick-file.ts';
import { rebasePaths } from './rebase-paths.ts';

/**
 * Writes a graph to its file; asks for a place when it has none, or may not be written there.
 * @returns false when the person gave up
 * @throws WeftError when it could not be written; the file is as it was
 */
export async function save(graph: OpenGraph): Promise<boolean> {
  const { file } = graph.store.getState();
  if (file === null || file.readOnly) return saveAs(graph);
  try {
    await write(graph, file.path, { expected: file.version, overwrite: false });
    return true;
  } catch (error) {
    if (!(error instanceof WeftError && error.code === 'E_FILE_CHANGED')) throw error;
  }
  switch (await ask(changedQuestion(file))) {
    case 'overwrite':
      await write(graph, file.path, { expected: file.version, overwrite: true });
      return true;
    case 'save-as':
      return saveAs(graph);
    default:
      return false;
  }
}

/** The same, in a place that the person chooses. */
export async function saveAs(graph: OpenGraph): Promise<boolean> {
  const { file } = graph.store.getState();
  const name = `${graphName(graph.store.getState())}.${GRAPH_EXTENSION}`;
  const path = await pickFile({
    mode: 'save',
    title: 'Save the graph',
    suggested: file === null || file.readOnly ? name : joinPath(file.folder, name),
    extensions: [GRAPH_EXTENSION],
  });
  if (path === null) return false;
  const named = path.toLowerCase().endsWith('.json') ? path : `${path}.${GRAPH_EXTENSION}`;
  const change = await rebasePaths(graph.editor.graph, file?.folder ?? null, folderOf(named));
  // The dialog has asked whether a file that is there may be written over.
  await write(graph, named, { expected: null, overwrite: true, change });
  return true;
}

interface WriteOptions {
  readonly expected: GraphFile['version'] | null;
  readonly overwrite: boolean;
  /** What is different in the file; the graph follows once it is written. */
  readonly change?: (draft: GraphDraft) => void;
}

async function write({ editor, store }: OpenGraph, path: string, options: WriteOptions): Promise<void> {
  const { expected, overwrite, change = () => {} } = options;
  const before = editor.graph;
  const draft = new GraphDraft(before);
  change(draft);
  const written = await call('save', { path, graph: draft.graph, expected, overwrite });
  // What was edited while the file was being written is not in it.
  const isWhole = editor.graph === before;
  editor.edit('Keep paths', change);
  if (isWhole) editor.markSaved();
  store.setState({ file: { ...written, readOnly: false, changedOnDisk: null }, trusted: true });
  announce(`${fileName(written.path)} is saved.`);
}

function changedQuestion({ path }: GraphFile) {
  return {
    title: 'Write over the changed file?',
    text: `${fileName(path)} was changed by another program after it was opened here. Writing over it loses that change.`,
    choices: [
      { id: 'save-as', label: 'Save as…', tone: 'main' },
      { id: 'overwrite', label: 'Write over it', tone: 'danger' },
      { id: 'cancel', label: 'Cancel', tone: 'plain' },
    ],
  } as const;
}
