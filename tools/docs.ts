import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliDocs } from './cli-docs.ts';
import { errorDocs } from './error-docs.ts';

// Writes the pages that are made from code; tests/tools/docs.test.ts checks that they are current.

const DOCS = join(import.meta.dirname, '..', 'docs');
await writeFile(join(DOCS, 'errors.md'), errorDocs());
await writeFile(join(DOCS, 'cli.md'), cliDocs());
