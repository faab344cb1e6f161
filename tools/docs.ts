import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliDocs } from './cli-docs.ts';
import { errorDocs } from './error-docs.ts';

// Writes the pages that are made from code; tests/tools/docs.test.ts and tests/renderer/commands/key-docs.test.ts check
// that they are current.

/** The window's code is checked under settings of its own, so the compiler must not follow its imports from here. */
const KEY_DOCS: string = './key-docs.ts';
const { keyDocs } = (await import(KEY_DOCS)) as { keyDocs(): string };

const DOCS = join(import.meta.dirname, '..', 'docs');
await writeFile(join(DOCS, 'errors.md'), errorDocs());
await writeFile(join(DOCS, 'cli.md'), cliDocs());
await writeFile(join(DOCS, 'guide', 'keys.md'), keyDocs());
