import { WeftError } from '../../shared/node-api/weft-error.ts';

/** Why a run is ended before its nodes are through: somebody asked for it, or its own limit of time has passed. */
export type StopReason = 'cancelled' | 'timeout';

export function stopError(why: StopReason): WeftError {
  return why === 'cancelled'
    ? new WeftError('E_CANCELLED', 'The run was stopped.')
    : new WeftError('E_RUN_TIMEOUT', 'The run took longer than its limit: give it more time.');
}
