import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFile } from '../engine/write-file.ts';

const recordForm = z.object({
  name: z.string(),
  url: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601. */
  downloaded: z.string(),
});

/** What is known of a downloaded model: `FILE.json` beside it. */
export type ModelRecord = z.infer<typeof recordForm>;

/** The file of the record of the model at `path`. */
export function recordFile(path: string): string {
  return `${path}.json`;
}

/** Null when there is none that can be read. */
export async function readRecord(path: string): Promise<ModelRecord | null> {
  try {
    return recordForm.parse(JSON.parse(await readFile(recordFile(path), 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeRecord(path: string, record: ModelRecord): Promise<void> {
  await writeFile(recordFile(path), Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
}
