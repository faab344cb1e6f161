import type { WorkingProcess } from '../../shared/protocol/run-report.ts';

/**
 * Told when a process has ended a piece of work: it was asked for at `asked`, begun at `started`, both of
 * `performance.now()`, and ended now.
 */
export type OnWork = (worker: WorkingProcess, asked: number, started: number) => void;
