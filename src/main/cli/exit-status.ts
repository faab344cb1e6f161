import type { Problem } from '../../shared/graph/checked-graph.ts';
import { ERROR_CODES } from '../../shared/node-api/error-codes.ts';
import type { RunSummary } from '../../shared/protocol/run-events.ts';

/** The exit status of `weft run` (see `docs/cli.md`). */
export function runStatus({ status, error }: Pick<RunSummary, 'status' | 'error'>): number {
  switch (status) {
    case 'done':
      return 0;
    case 'degraded':
      return 1;
    case 'timeout':
      return ERROR_CODES.E_RUN_TIMEOUT.exit;
    case 'cancelled':
      return ERROR_CODES.E_CANCELLED.exit;
    case 'failed':
      return error === undefined ? 1 : ERROR_CODES[error.code].exit;
    case 'refused':
      return error === undefined ? 2 : ERROR_CODES[error.code].exit;
  }
}

/** The exit status of `weft validate`: 3 when all that is wrong is something missing, 2 when the graph is. */
export function problemStatus(problems: readonly Pick<Problem, 'code'>[]): 0 | 2 | 3 {
  if (problems.length === 0) return 0;
  return problems.every(({ code }) => ERROR_CODES[code].exit === 3) ? 3 : 2;
}
