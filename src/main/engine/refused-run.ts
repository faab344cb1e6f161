import type { Problem } from '../../shared/graph/checked-graph.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';

/** How a run ended that never began, because of what is wrong with its graph (at least one problem). */
export function refusedRun(run: string, problems: readonly Problem[]): RunSummary {
  const [{ code, message }] = problems;
  return {
    run,
    status: 'refused',
    ms: 0,
    done: 0,
    cached: 0,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    memory: { peakBytes: 0, arena: 'not used' },
    streams: {},
    error: { code, message, causes: [] },
  };
}

/** All that such a run tells. */
export function eventsOfRefusedRun(graph: string, problems: readonly Problem[], summary: RunSummary): RunEvent[] {
  return [
    { event: 'run.started', run: summary.run, graph, nodes: 0, cached: [] },
    ...problems.map((problem): RunEvent => ({ event: 'problem', problem })),
    { event: 'run.finished', ...summary },
  ];
}
