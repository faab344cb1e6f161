import type { WorkingProcess } from '../../shared/protocol/run-report.ts';

/** Told when a process has ended a piece of work. `started` is of `performance.now()`; it ended now. */
export type OnWork = (worker: WorkingProcess, started: number) => void;
