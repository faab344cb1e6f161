import { closeSync, ftruncateSync } from 'node:fs';
import { libc } from './libc.ts';
import { mapSharedMemory, type Segment, type Sharing } from './segment.ts';

/** A way to get memory for segments. */
export interface Backing {
  readonly sharing: Sharing;
  /** @throws Error of the system or RangeError of V8 when there is no memory. */
  open(bytes: number): Omit<Segment, 'id'>;
}

/** Linux: memory files without names, which other processes open through /proc; a kill -9 leaves nothing behind. */
export class MemoryFileBacking implements Backing {
  readonly sharing = 'zero-copy';

  open(bytes: number): Omit<Segment, 'id'> {
    const fd = libc().createMemoryFile('weft');
    try {
      ftruncateSync(fd, bytes);
      const location = { kind: 'file', at: `/proc/${process.pid}/fd/${fd}`, bytes } as const;
      return { ...mapSharedMemory(fd, bytes), shared: { fd, location } };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }
}

/** Memory of this process, shared by its threads only: its values cross to other processes by a copy. */
export class HeapBacking implements Backing {
  readonly sharing: Sharing;

  constructor(reason: string) {
    this.sharing = `copy: ${reason}`;
  }

  open(bytes: number): Omit<Segment, 'id'> {
    return { buffer: new SharedArrayBuffer(bytes), start: 0, bytes, shared: null };
  }
}
