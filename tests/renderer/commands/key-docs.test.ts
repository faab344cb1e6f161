import { expect, test } from 'vitest';
import page from '../../../docs/guide/keys.md?raw';
import { keyDocs } from '../../../tools/key-docs.ts';

test('docs/guide/keys.md lists every action and its keys as the code has them (else: npm run docs)', () => {
  expect(page).toBe(keyDocs());
});
