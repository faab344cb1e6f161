import { desktopPort } from '../connection/desktop.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { ask } from '../state/show-dialog.ts';
import { openGraphs, removeTab, showTab } from '../state/tabs.ts';
import { graphName } from './graph-name.ts';
import { ignoreMissingFiles } from './missing-files.ts';
import { save } from './save.ts';

/** Closes a tab; asks first when its graph is not saved. */
export async function closeTab(id: string): Promise<void> {
  const tab = appStore.getState().tabs.find((open) => open.id === id);
  if (tab?.kind === 'graph') {
    if (!(await mayLose(tab.graph))) return;
    ignoreMissingFiles(id);
  }
  removeTab(id);
}

/** Asks about each graph that is not saved, and then lets the window close, unless the person wants to stay. */
export async function closeWindow(): Promise<void> {
  // It is being asked already.
  if (appStore.getState().dialogs.some(({ kind }) => kind === 'question')) return;
  const graphs = openGraphs();
  for (const graph of graphs) if (!(await mayLose(graph))) return;
  for (const { id } of graphs) await call('dropBackup', { id });
  await call('closeWindow');
}

/** A browser asks in its own words before it closes a page with unsaved work; the desktop host lets Weft ask. */
export function guardUnload(): void {
  if (desktopPort() !== null) return;
  window.addEventListener('beforeunload', (event) => {
    if (openGraphs().some(({ editor }) => !editor.isSaved)) event.preventDefault();
  });
}

/** What the graph holds beyond its file is saved now, or may be lost. */
async function mayLose(graph: OpenGraph): Promise<boolean> {
  if (graph.editor.isSaved) return true;
  showTab(graph.id);
  const choice = await ask({
    title: `Save ${graphName(graph.store.getState())}?`,
    text: 'It has changes that are not saved. Without saving they are lost.',
    choices: [
      { id: 'save', label: 'Save', tone: 'main' },
      { id: 'discard', label: 'Don’t save', tone: 'danger' },
      { id: 'cancel', label: 'Cancel', tone: 'plain' },
    ],
  });
  return choice === 'save' ? save(graph) : choice === 'discard';
}
