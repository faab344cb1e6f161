import { setPriority } from 'node:os';
import type { SpawnOptions } from './spawn.ts';

/**
 * What is meant for the app's own Node or Electron (flags, loaders, coverage, debug output) must not reach its
 * isolates; what libraries read (library paths, GPU drivers) must.
 */
export function childEnvironment(env: NodeJS.ProcessEnv, options: SpawnOptions): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(NODE_|ELECTRON_|npm_|VITEST|DEBUG$)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...options.env };
}

/** To be called before the program has started its own threads, which inherit the priority on Linux. */
export function lowerPriority(pid: number, { niceness }: SpawnOptions): void {
  if (niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch (error) {
    // The process may be gone already; its exit is reported by `exited`.
    if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error;
  }
}
