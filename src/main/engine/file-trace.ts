import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files and folders that a value was made from, with how each was at that time. */
export type FileTrace = ReadonlyMap<string, string>;

/**
 * How a file is now, as text that changes when it does: size, time of change (ns) and inode; of a folder also the names
 * in it and how those are. `missing` when it is not there.
 */
export function fingerprint(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (!stat.isDirectory()) return `${stat.size}:${stat.mtimeNs}:${stat.ino}`;
  const entries = readdirSync(path).sort();
  return `folder:${entries
    .map((name) => {
      const entry = statSync(join(path, name), { bigint: true, throwIfNoEntry: false });
      return `${name}=${entry === undefined ? 'missing' : `${entry.size}:${entry.mtimeNs}:${entry.ino}`}`;
    })
    .join('|')}`;
}

export function isUnchanged(trace: FileTrace, stats: Map<string, string>): boolean {
  for (const [path, before] of trace) {
    let now = stats.get(path);
    if (now === undefined) {
      now = fingerprint(path);
      stats.set(path, now);
    }
    if (now !== before) return false;
  }
  return true;
}

/** Everything that either depends on; one of the two itself where that is enough. */
export function joinTraces(a: FileTrace | null, b: FileTrace | null): FileTrace | null {
  if (a === null || a === b) return b;
  if (b === null) return a;
  const joined = new Map(a);
  for (const [path, print] of b) joined.set(path, print);
  return joined;
}
