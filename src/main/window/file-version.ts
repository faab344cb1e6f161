import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FileVersion } from '../../shared/protocol/window-calls.ts';

/** Of a file's content, so that touching a file, or writing the same again, is no change. */
export function versionOf(content: Uint8Array): FileVersion {
  return createHash('sha256').update(content).digest('hex');
}

/** Null when there is no such file. */
export async function contentOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
