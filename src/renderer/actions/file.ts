import { FilePlus, FolderOpen, History, Save } from 'lucide-react';
import { closeTab } from '../files/close.ts';
import { newGraph } from '../files/new-graph.ts';
import { chooseAndOpen } from '../files/open-file.ts';
import { save, saveAs } from '../files/save.ts';
import { appStore } from '../state/app-store.ts';
import { showDialog } from '../state/show-dialog.ts';
import type { Action } from './action.ts';

export const NEW_GRAPH: Action = {
  id: 'file.new',
  label: 'New graph',
  group: 'File',
  icon: FilePlus,
  // A browser keeps Ctrl+N to itself.
  keys: ['Alt+N', 'Mod+N'],
  history: 'none',
  when: () => true,
  perform: () => newGraph(),
};

export const OPEN_GRAPH: Action = {
  id: 'file.open',
  label: 'Open…',
  group: 'File',
  icon: FolderOpen,
  keys: ['Mod+O'],
  history: 'none',
  inText: true,
  when: () => true,
  perform: () => chooseAndOpen(),
};

const OPEN_RECENT: Action = {
  id: 'file.open-recent',
  label: 'Open recent…',
  group: 'File',
  icon: History,
  keys: ['Mod+Shift+O'],
  history: 'none',
  inText: true,
  when: () => true,
  perform: () => void showDialog({ kind: 'recent' }),
};

const SAVE_GRAPH: Action = {
  id: 'file.save',
  label: 'Save',
  group: 'File',
  icon: Save,
  keys: ['Mod+S'],
  history: 'none',
  inText: true,
  when: ({ graph }) => graph !== null,
  perform: async ({ graph }) => {
    if (graph !== null) await save(graph);
  },
};

const SAVE_GRAPH_AS: Action = {
  id: 'file.save-as',
  label: 'Save as…',
  group: 'File',
  keys: ['Mod+Shift+S'],
  history: 'none',
  inText: true,
  when: ({ graph }) => graph !== null,
  perform: async ({ graph }) => {
    if (graph !== null) await saveAs(graph);
  },
};

const CLOSE_TAB: Action = {
  id: 'file.close',
  label: 'Close tab',
  group: 'File',
  // A browser keeps Ctrl+W to itself.
  keys: ['Alt+W', 'Mod+W'],
  history: 'none',
  when: () => appStore.getState().front !== null,
  perform: async () => {
    const { front } = appStore.getState();
    if (front !== null) await closeTab(front);
  },
};

export const FILE_ACTIONS: readonly Action[] = [
  NEW_GRAPH,
  OPEN_GRAPH,
  OPEN_RECENT,
  SAVE_GRAPH,
  SAVE_GRAPH_AS,
  CLOSE_TAB,
];
