import { Circle, CircleStop, FastForward, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { recordSwitches, toggleRecording } from '../run/recording.ts';
import { failedNodes, finishRun, isUnderWay, rerunFailed, runGraph, stopRun } from '../run/run-graph.ts';
import { pathInView } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import type { Action, ActionContext } from './action.ts';

export const RUN: Action = {
  id: 'run.start',
  label: 'Run the graph',
  group: 'Run',
  icon: Play,
  keys: ['Mod+Enter', 'F5'],
  history: 'none',
  inText: true,
  when: ({ graph }) => graph !== null,
  perform: ({ graph }) => (graph === null ? undefined : runGraph(graph)),
};

export const STOP: Action = {
  id: 'run.stop',
  label: 'Stop the run',
  group: 'Run',
  icon: Square,
  keys: ['Mod+Shift+Enter', 'Shift+F5'],
  history: 'none',
  inText: true,
  when: ({ graph }) => graph !== null && isUnderWay(graph.store.getState().run),
  perform: ({ graph }) => (graph === null ? undefined : stopRun(graph)),
};

export const FINISH: Action = {
  id: 'run.finish',
  label: 'End the live run',
  group: 'Run',
  icon: CircleStop,
  keys: ['Q'],
  history: 'none',
  when: isLive,
  perform: ({ graph }) => (graph === null ? undefined : finishRun(graph)),
};

export const RECORD: Action = {
  id: 'run.record',
  label: 'Begin or end a recording',
  group: 'Run',
  icon: Circle,
  keys: ['S'],
  history: 'step',
  when: (context) =>
    context.graph !== null && isLive(context) && recordSwitches(context.graph.store.getState()).length > 0,
  perform: ({ graph }) => (graph === null ? undefined : toggleRecording(graph)),
};

const RUN_TO: Action = {
  id: 'run.to',
  label: 'Run to here',
  group: 'Run',
  icon: StepForward,
  keys: ['Alt+Enter'],
  history: 'none',
  when: hasSelectedNodes,
  perform: ({ graph }) => (graph === null ? undefined : runGraph(graph, { to: selectedPaths(graph) })),
};

const RUN_FROM: Action = {
  id: 'run.from',
  label: 'Run from here',
  group: 'Run',
  icon: FastForward,
  keys: ['Alt+Shift+Enter'],
  history: 'none',
  when: hasSelectedNodes,
  perform: ({ graph }) => (graph === null ? undefined : runGraph(graph, { from: selectedPaths(graph) })),
};

export const RERUN_FAILED: Action = {
  id: 'run.failed',
  label: 'Run failed nodes again',
  group: 'Run',
  icon: RotateCcw,
  history: 'none',
  when: ({ graph }) => graph !== null && failedNodes(graph.store.getState().run).length > 0,
  perform: ({ graph }) => (graph === null ? undefined : rerunFailed(graph)),
};

export const RUN_ACTIONS: readonly Action[] = [RUN, STOP, FINISH, RECORD, RUN_TO, RUN_FROM, RERUN_FAILED];

/** A run with live sources goes on, and nobody has ended it. */
function isLive({ graph }: ActionContext): boolean {
  if (graph === null) return false;
  const { phase, isLive } = graph.store.getState().run;
  return isLive && phase === 'running';
}

function hasSelectedNodes({ graph }: ActionContext): boolean {
  return graph !== null && selectedPaths(graph).length > 0;
}

function selectedPaths({ store }: OpenGraph): string[] {
  const { view, selection } = store.getState();
  return [...selection.nodes].flatMap((id) => pathInView(view, id) ?? []);
}
