import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import { type StopReason, stopError } from './stop-error.ts';

/** Why the engine's thread was stopped while runs were under way. `run` is the serial of the run at fault. */
export type LossReason =
  | { readonly why: 'died'; readonly error: Error }
  /** A body without `await` outlasted its node's timeout. */
  | { readonly why: 'overdue'; readonly run: number }
  /** A cancelled run, or one past its own limit, did not end; or the engine is closed. */
  | { readonly why: 'stopped' };

/** What the host knows of a run without asking the engine. */
export interface RunUnderWay {
  readonly id: string;
  readonly serial: number;
  /** Ids of the plan's nodes, by index. */
  readonly ids: readonly string[];
  readonly startedAt: number;
  /** Nodes that have ended, by how they did. */
  readonly ended: { done: number; cached: number; failed: number; skipped: number; cancelled: number };
  /** Ids of the nodes that were told to be at work. */
  readonly running: Set<string>;
  /** Its end has been asked for. */
  stopping: StopReason | null;
}

/** How a run ended whose engine thread was stopped; `busy` is the node that the thread was at work on. */
export function endOfLostRun(
  run: RunUnderWay,
  reason: LossReason,
  busy: string | undefined,
): { readonly events: RunEvent[]; readonly summary: RunSummary } {
  const error: ErrorReport = { ...errorOf(run, reason, busy), ...(busy === undefined ? {} : { node: busy }) };
  const state = run.stopping === null ? 'failed' : 'cancelled';
  const events: RunEvent[] = [];
  if (busy !== undefined) {
    run.ended[state]++;
    events.push({ event: 'node.finished', node: busy, status: state, attempt: 1, ms: 0, bytes: 0, error });
  }
  const summary: RunSummary = {
    run: run.id,
    status: run.stopping ?? 'failed',
    ms: performance.now() - run.startedAt,
    ...run.ended,
    memory: { peakBytes: 0, arena: 'lost with the engine thread' },
    streams: {},
    error,
  };
  events.push({ event: 'run.finished', ...summary });
  return { events, summary };
}

/** Why the thread was started anew, for the person at the window; `busy` is the node that it was at work on. */
export function lossSentence(reason: LossReason, busy: string | undefined): string {
  const node = busy ?? 'a node';
  switch (reason.why) {
    case 'overdue':
      return `The engine was started again, because ${node} did not let go of it within its timeout.`;
    case 'stopped':
      return `The engine was started again, because ${node} did not stop when the run was.`;
    case 'died':
      return `The engine was started again, because it ended by itself: ${reason.error.message}`;
  }
}

function errorOf(run: RunUnderWay, reason: LossReason, busy: string | undefined): ErrorReport {
  const causes = reason.why === 'died' ? [reason.error.message] : [];
  if (run.stopping !== null) return { ...stopError(run.stopping).toReport(), causes };
  if (reason.why === 'overdue' && reason.run === run.serial) {
    const message = `${busy} took longer than its timeout without a pause: raise the timeout, or make the node faster.`;
    return { code: 'E_TIMEOUT', message, causes };
  }
  const where = busy === undefined ? '' : ` while ${busy} was at work`;
  return { code: 'E_ENGINE_DIED', message: `The engine thread ended${where}: run again.`, causes };
}
