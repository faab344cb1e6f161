import { Download, Eraser } from 'lucide-react';
import { emptyCache } from '../panels/empty-cache.ts';
import { saveTrace } from '../panels/save-trace.ts';
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

/** What is done with what a run leaves behind. */
export const PROFILE_ACTIONS: readonly Action[] = [SAVE_TRACE, EMPTY_CACHE];
