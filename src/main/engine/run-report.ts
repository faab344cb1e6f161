import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunReport } from '../../shared/protocol/window-calls.ts';
import type { ArenaStats } from '../store/arena.ts';
import type { Inspection } from './previews/inspection.ts';

/**
 * What a run that a window shows has in memory, and when its nodes were at work, where that was recorded.
 * @throws E_VALUE when there is no such run, or its values have been let go
 */
export function reportRun(inspection: Inspection | undefined, arena: ArenaStats, budgetBytes: number): RunReport {
  if (inspection === undefined) {
    throw new WeftError('E_VALUE', 'Nothing is known of this run any more: run the graph again.');
  }
  const { recorder, plan } = inspection;
  return {
    pins: [...inspection.memory()],
    arena: { usedBytes: arena.liveBytes, reservedBytes: arena.reservedBytes, path: arenaPath(arena) },
    budgetBytes,
    spans: recorder?.spans(plan.ids) ?? [],
    spansDropped: recorder?.dropped ?? 0,
  };
}

/** The way that memory goes between processes, `zero-copy` for one. */
export function arenaPath(arena: ArenaStats): string {
  return arena.reservedBytes === 0 ? 'not used' : arena.sharing;
}
