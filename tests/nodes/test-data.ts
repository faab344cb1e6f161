import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared/data');
const present = existsSync(folder);

/** A file of the shared test data, by its path inside. */
export function dataFile(path: string): string {
  return join(folder, path);
}

/** `describe` for tests that need the shared test data; without it they are skipped, and a line says so. */
export const describeWithData: typeof describe.skip = present ? describe : describe.skip;

if (!present) console.log('skipped: no test data');
