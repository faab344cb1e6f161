import { Download, Eraser, Gauge } from 'lucide-react';
import { compareBackends, modelBehind } from '../models/compare-backends.ts';
import { emptyCache } from '../panels/empty-cache.ts';
import { saveTrace } from '../panels/save-trace.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import type { Action } from './action.ts';
import { withGraph } from './canvas-conditions.ts';

export const SAVE_TRACE: Action = {
  id: 'run.save-trace',
  label: 'Save the trace of the run…',
  group: 'Run',
  icon: Download,
  history: 'none',
  when: ({ graph }) => graph !== null && graph.store.getState().run.run !== null,
  perform: withGraph(saveTrace),
};

export const EMPTY_CACHE: Action = {
  id: 'run.empty-cache',
  label: 'Empty the cache',
  group: 'Run',
  icon: Eraser,
  history: 'none',
  when: () => true,
  perform: emptyCache,
};

const COMPARE_BACKENDS: Action = {
  id: 'run.compare-backends',
  label: 'Compare backends for the model of this node',
  group: 'Run',
  icon: Gauge,
  history: 'none',
  when: ({ graph }) => graph !== null && modelOfSelected(graph) !== null,
  perform: withGraph(async (graph) => {
    const path = modelOfSelected(graph);
    if (path !== null) await compareBackends({ path, folder: graph.store.getState().file?.folder ?? null });
  }),
};

/** What is done to learn where time and memory go. */
export const PROFILE_ACTIONS: readonly Action[] = [SAVE_TRACE, EMPTY_CACHE, COMPARE_BACKENDS];

function modelOfSelected({ store }: OpenGraph): string | null {
  const state = store.getState();
  const [id, ...others] = state.selection.nodes;
  return id === undefined || others.length > 0 ? null : modelBehind(state, id, appStore.getState().catalogue);
}
