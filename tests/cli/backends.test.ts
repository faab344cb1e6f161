import { expect, test } from 'vitest';
import { BACKEND_NAMES } from '../../src/shared/node-api/backend.ts';
import { events, weft } from './weft.ts';

test('weft backends tells of every backend whether it is there, and if not why and how to get it', async () => {
  const { status, stdout } = await weft(['backends']);
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(BACKEND_NAMES);
  for (const line of lines) expect(line).toMatch(/^\w+ +(available +\S.*|skipped +.+: .+)$/);
});

test('weft backends --json prints a backend a line', async () => {
  const { status, stdout } = await weft(['backends', '--json']);
  expect(status).toBe(0);
  const backends = events(stdout);
  expect(backends.map(({ name }) => name)).toEqual(BACKEND_NAMES);
  expect(backends[0]).toMatchObject({ name: 'cpu', available: true, software: false });
  expect(backends.at(-1)).toMatchObject({
    name: 'npu',
    available: false,
    reason: expect.any(String),
    remedy: expect.any(String),
  });
});
