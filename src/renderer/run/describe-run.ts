import type { RunState } from '../state/run-state.ts';

export interface RunEnd {
  readonly tone: 'done' | 'attention' | 'failed';
  readonly sentence: string;
  /** Path of the node that it is about. */
  readonly node: string | null;
}

/** How a run that is over ended, in one sentence. */
export function describeEnd({ summary, failure }: Pick<RunState, 'summary' | 'failure'>): RunEnd {
  const node = failure?.node ?? null;
  if (summary === null) return { tone: 'failed', sentence: failure?.message ?? 'The run was lost.', node };
  const time = formatDuration(summary.ms);
  switch (summary.status) {
    case 'done':
      return { tone: 'done', sentence: `Done in ${time}`, node };
    case 'degraded': {
      const failed = Object.values(summary.streams).reduce((sum, stream) => sum + stream.failed, 0);
      return {
        tone: 'attention',
        sentence: `Done in ${time}, ${failed} ${failed === 1 ? 'item' : 'items'} failed`,
        node,
      };
    }
    case 'cancelled':
      return { tone: 'attention', sentence: `Stopped after ${time}`, node };
    case 'timeout':
      return { tone: 'failed', sentence: `Stopped by its time limit after ${time}`, node };
    case 'failed':
    case 'refused':
      return { tone: 'failed', sentence: failure?.message ?? 'The run failed.', node };
  }
}

/** `412 ms`, `3.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(ms: number): string {
  if (ms < 0.1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
