import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { openGraphs } from '../state/tabs.ts';
import { graphName } from './graph-name.ts';

/**
 * Keeps a copy of each open graph that is not saved, at most `DELAY_MS` behind it, and drops it once the graph is saved
 * or closed.
 */
export function keepBackups(): void {
  const watched = new Map<string, () => void>();
  const watchTabs = () => {
    const graphs = openGraphs();
    for (const graph of graphs) if (!watched.has(graph.id)) watched.set(graph.id, watchGraph(graph));
    for (const [id, stop] of watched) {
      if (graphs.some((graph) => graph.id === id)) continue;
      stop();
      watched.delete(id);
      void tell(call('dropBackup', { id }));
    }
  };
  appStore.subscribe(({ tabs, line }, before) => {
    const isNewLine = line.state === 'open' && before.line.state !== 'open';
    // The host took this for another window's work, or knows nothing of it.
    if (isNewLine) for (const graph of openGraphs()) if (!graph.editor.isSaved) void tell(backUp(graph));
    if (tabs !== before.tabs) watchTabs();
  });
}

/** ms */
const DELAY_MS = 1000;

function watchGraph(graph: OpenGraph): () => void {
  const { id, editor } = graph;
  // A graph that was restored is not saved, and its backup is still there.
  let hasBackup = !editor.isSaved;
  let timer = 0;
  const keep = () => {
    timer = 0;
    // What is missed while there is no line is sent with the next one.
    if (appStore.getState().line.state !== 'open') return;
    hasBackup = true;
    void tell(backUp(graph));
  };
  const stop = editor.subscribe(() => {
    if (!editor.isSaved) {
      if (timer === 0) timer = window.setTimeout(keep, DELAY_MS);
      return;
    }
    clearTimeout(timer);
    timer = 0;
    // At once: a window that closes now must not offer it to the next one.
    if (hasBackup) void tell(call('dropBackup', { id }));
    hasBackup = false;
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

async function backUp({ id, editor, store }: OpenGraph): Promise<void> {
  const state = store.getState();
  await call('backUp', { id, path: state.file?.path ?? null, name: graphName(state), graph: editor.graph });
}

async function tell(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify({ tone: 'attention', sentence: `Unsaved work has no backup now: ${reason}` });
  }
}
