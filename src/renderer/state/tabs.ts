import { appStore, type FailedFile, type ModelRef, type Tab } from './app-store.ts';
import type { OpenGraph } from './graph-store.ts';

/** Puts a graph in a tab of its own, in front. */
export function addGraphTab(graph: OpenGraph): void {
  addTab({ kind: 'graph', id: graph.id, graph });
}

export function addFailedTab(file: FailedFile): void {
  addTab({ kind: 'failed', id: crypto.randomUUID(), file });
}

/** Shows what is in a model, in a tab of its own; one that is open comes to the front. */
export function showModelTab(model: ModelRef): void {
  const open = appStore
    .getState()
    .tabs.find((tab) => tab.kind === 'model' && tab.model.path === model.path && tab.model.folder === model.folder);
  if (open !== undefined) showTab(open.id);
  else addTab({ kind: 'model', id: crypto.randomUUID(), model });
}

/** @param id null for the start page */
export function showTab(id: string | null): void {
  appStore.setState({ front: id });
}

/** Takes a tab away without asking; the one to its right, or else its left, comes to the front. */
export function removeTab(id: string): void {
  const { tabs, front } = appStore.getState();
  const place = tabs.findIndex((tab) => tab.id === id);
  if (place < 0) return;
  const left = tabs.filter((tab) => tab.id !== id);
  appStore.setState({ tabs: left, front: front === id ? (left[Math.min(place, left.length - 1)]?.id ?? null) : front });
}

/** Steps through the tabs in a circle. */
export function stepTab(step: 1 | -1): void {
  const { tabs, front } = appStore.getState();
  if (tabs.length === 0) return;
  const place = tabs.findIndex((tab) => tab.id === front);
  const next = place < 0 ? (step > 0 ? 0 : tabs.length - 1) : (place + step + tabs.length) % tabs.length;
  showTab(tabs[next].id);
}

export function frontGraph(): OpenGraph | null {
  const { tabs, front } = appStore.getState();
  const tab = tabs.find(({ id }) => id === front);
  return tab?.kind === 'graph' ? tab.graph : null;
}

export function openGraphs(): OpenGraph[] {
  return appStore.getState().tabs.flatMap((tab) => (tab.kind === 'graph' ? [tab.graph] : []));
}

function addTab(tab: Tab): void {
  appStore.setState(({ tabs }) => ({ tabs: [...tabs, tab], front: tab.id }));
}
