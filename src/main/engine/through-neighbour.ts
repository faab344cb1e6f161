import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Gives `path` new content whole or not at all: `fill` makes a file beside it, which then takes its name in one step.
 * @throws what `fill` or the file system says, with nothing left behind
 */
export async function throughNeighbour(path: string, fill: (neighbour: string) => Promise<void>): Promise<void> {
  const neighbour = join(dirname(path), `.weft-${randomUUID()}.tmp`);
  try {
    await fill(neighbour);
    await rename(neighbour, path);
  } catch (error) {
    // Why it could not be written is what counts, not that there was nothing to remove either.
    await rm(neighbour, { force: true }).catch(() => {});
    throw error;
  }
}
