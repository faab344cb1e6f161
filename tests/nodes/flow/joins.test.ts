import { expect, test } from 'vitest';
import latest from '../../../nodes/flow/latest.ts';
import zip from '../../../nodes/flow/zip.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { runNode } from '../node-context.ts';

test('flow/zip gives its items side by side, and nothing for a third stream that is not wired', async () => {
  expect(await runNode(zip, { a: 1, b: null, c: 'x' })).toEqual({ a: 1, b: null, c: 'x' });
  expect(await runNode(zip, { a: 1, b: 2 })).toEqual({ a: 1, b: 2, c: SKIP });
});

test('flow/latest passes both on', async () => {
  const value = { some: 'picture' };
  const result = await runNode(latest, { value, other: 0 });
  expect(result).toEqual({ value, other: 0 });
  expect(result.value).toBe(value);
});
