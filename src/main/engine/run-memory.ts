import type { MemorySummary } from '../../shared/protocol/run-events.ts';
import type { RunMemory } from '../../shared/protocol/run-report.ts';
import type { ArenaStats } from '../store/arena.ts';
import type { StoreStats } from '../store/object-store.ts';
import type { Inspection } from './previews/inspection.ts';

/** What the values of a run that a window shows hold, and how full the engine's memory is. */
export function runMemory(
  inspection: Inspection,
  { arena, heapBytes }: StoreStats,
  { cacheBytes, budgetBytes }: Pick<RunMemory, 'cacheBytes' | 'budgetBytes'>,
): RunMemory {
  return {
    ...inspection.memory.report(),
    cacheBytes,
    arena: {
      usedBytes: arena.liveBytes,
      peakBytes: arena.peakBytes,
      reservedBytes: arena.reservedBytes,
      path: arenaPath(arena),
    },
    heapBytes,
    budgetBytes,
  };
}

/** What the values of a run took at most. */
export function memorySummary({ arena, heapPeakBytes }: StoreStats): MemorySummary {
  return { peakBytes: arena.peakBytes + heapPeakBytes, arena: arenaPath(arena) };
}

/** The way that memory goes between processes, `zero-copy` for one. */
function arenaPath(arena: ArenaStats): string {
  return arena.reservedBytes === 0 ? 'not used' : arena.sharing;
}
