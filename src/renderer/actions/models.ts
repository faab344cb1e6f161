import { Box, Boxes, ScanSearch } from 'lucide-react';
import { lookIntoNode } from '../models/look-into-node.ts';
import { modelOfNode } from '../models/model-pins.ts';
import { chooseAndOpenModel } from '../models/open-model.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { showDialog } from '../state/show-dialog.ts';
import type { Action } from './action.ts';

export const OPEN_MODEL: Action = {
  id: 'file.open-model',
  label: 'Open model…',
  group: 'File',
  icon: Box,
  history: 'none',
  when: () => true,
  perform: () => chooseAndOpenModel(),
};

export const SHOW_MODELS: Action = {
  id: 'file.models',
  label: 'Models…',
  group: 'File',
  icon: Boxes,
  history: 'none',
  when: () => true,
  perform: () => void showDialog({ kind: 'models', choose: null }),
};

const LOOK_INTO_MODEL: Action = {
  id: 'view.model',
  label: 'Look into the model of this node',
  group: 'View',
  icon: ScanSearch,
  history: 'none',
  when: ({ graph }) => graph !== null && selectedModel(graph) !== null,
  perform: ({ graph }) => {
    const id = graph === null ? undefined : onlyNode(graph);
    if (graph !== null && id !== undefined) lookIntoNode(graph, id);
  },
};

/** What is done with models, whatever graph they are in. */
export const MODEL_ACTIONS: readonly Action[] = [OPEN_MODEL, SHOW_MODELS, LOOK_INTO_MODEL];

function selectedModel(graph: OpenGraph): string | null {
  const id = onlyNode(graph);
  return id === undefined ? null : modelOfNode(graph.store.getState(), id, appStore.getState().catalogue);
}

function onlyNode({ store }: OpenGraph): string | undefined {
  const { nodes } = store.getState().selection;
  return nodes.size === 1 ? [...nodes][0] : undefined;
}
