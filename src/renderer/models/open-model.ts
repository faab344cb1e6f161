import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import { announce } from '../announce/announce.ts';
import { call } from '../connection/host.ts';
import { freeName, graphName } from '../files/graph-name.ts';
import { pickFile } from '../files/pick-file.ts';
import type { ModelRef } from '../state/app-store.ts';
import { openGraph } from '../state/graph-store.ts';
import { addGraphTab, openGraphs, showModelTab } from '../state/tabs.ts';

export async function chooseAndOpenModel(): Promise<void> {
  const path = await pickFile({ mode: 'open', title: 'Open a model', extensions: [MODEL_EXTENSION] });
  if (path !== null) showModelTab({ path, folder: null });
}

/** Opens a new graph that runs the model. @throws WeftError for a model that cannot be read */
export async function openSuggestedGraph({ path, folder }: ModelRef): Promise<void> {
  const graph = await call('suggestGraph', { path, folder });
  const unnamed = freeName(openGraphs().map(({ store }) => graphName(store.getState())));
  addGraphTab(
    openGraph({ id: crypto.randomUUID(), editor: new GraphEditor(graph), file: null, unnamed, trusted: true }),
  );
  announce('A new graph that runs the model is open.');
}

/** The end of the name of every model. */
export const MODEL_EXTENSION = 'onnx';
