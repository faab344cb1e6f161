import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cliDocs } from '../../tools/cli-docs.ts';
import { errorDocs } from '../../tools/error-docs.ts';

test('docs/errors.md lists every error as the code has it (else: npm run docs)', async () => {
  expect(await readFile('docs/errors.md', 'utf8')).toBe(errorDocs());
});

test('docs/cli.md shows every command and option as the code has them (else: npm run docs)', async () => {
  expect(await readFile('docs/cli.md', 'utf8')).toBe(cliDocs());
});
