import { accessSync, closeSync } from 'node:fs';
import { type Backing, HeapBacking, MemoryFileBacking } from './backing.ts';
import { libc } from './libc.ts';
import { NamedBacking } from './named-backing.ts';

/** The best backing this system has; one that copies, with the reason, where memory cannot be shared. */
export function systemBacking(): Backing {
  try {
    libc();
    if (process.platform !== 'linux') return new NamedBacking();
    tryMemoryFile();
    return new MemoryFileBacking();
  } catch (error) {
    return new HeapBacking(error instanceof Error ? error.message : String(error));
  }
}

/** Sandboxes exist that forbid memory files, or have no /proc by which another process could open them. */
function tryMemoryFile(): void {
  const fd = libc().createMemoryFile('weft');
  try {
    accessSync(`/proc/${process.pid}/fd/${fd}`);
  } finally {
    closeSync(fd);
  }
}
