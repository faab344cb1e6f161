import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FastestBackend } from '../../../src/main/isolates/inference/fastest-backend.ts';
import type { AvailableBackend, BackendName } from '../../../src/shared/node-api/backend.ts';

const cpu: AvailableBackend = { name: 'cpu', available: true, device: 'a processor', software: false };
const webgpu: AvailableBackend = { name: 'webgpu', available: true, device: 'a card', software: false };

let folder: string;
let path: string;
let measured: BackendName[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-fastest-'));
  path = join(folder, 'cache', 'fastest.json');
  measured = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function measure(times: Partial<Record<BackendName, number>>) {
  return async (name: BackendName) => {
    measured.push(name);
    const ms = times[name];
    if (ms === undefined) throw new Error(`${name} cannot run it.`);
    return ms;
  };
}

test('the fastest is measured once for a model, and remembered by the next engine', async () => {
  expect(await new FastestBackend(path).among([cpu, webgpu], 'a', measure({ cpu: 9, webgpu: 3 }))).toBe('webgpu');
  expect(await new FastestBackend(path).among([cpu, webgpu], 'b', measure({ cpu: 2, webgpu: 3 }))).toBe('cpu');
  expect(measured).toEqual(['cpu', 'webgpu', 'cpu', 'webgpu']);
  expect(await new FastestBackend(path).among([cpu, webgpu], 'a', measure({}))).toBe('webgpu');
  expect(measured).toHaveLength(4);
});

test('a single one is not measured', async () => {
  expect(await new FastestBackend(path).among([cpu], 'a', measure({}))).toBe('cpu');
  expect(measured).toEqual([]);
});

test('another card makes it another machine', async () => {
  const fastest = new FastestBackend(path);
  await fastest.among([cpu, webgpu], 'a', measure({ cpu: 9, webgpu: 3 }));
  const slower = { ...webgpu, device: 'an older card' };
  expect(await fastest.among([cpu, slower], 'a', measure({ cpu: 9, webgpu: 30 }))).toBe('cpu');
  expect(await fastest.among([cpu, webgpu], 'a', measure({}))).toBe('webgpu');
});

test('one that cannot run the model is passed over; when none can, nothing is remembered', async () => {
  const fastest = new FastestBackend(path);
  expect(await fastest.among([cpu, webgpu], 'a', measure({ cpu: 9 }))).toBe('cpu');
  expect(await fastest.among([cpu, webgpu], 'b', measure({}))).toBe('cpu');
  expect(await fastest.among([cpu, webgpu], 'b', measure({ cpu: 9, webgpu: 3 }))).toBe('webgpu');
});

test.each(['', '{', '{"machine":{"a":"abacus"}}'])('a damaged file (%j) is replaced', async (text) => {
  await new FastestBackend(path).among([cpu, webgpu], 'other', measure({ cpu: 1, webgpu: 2 }));
  writeFileSync(path, text);
  expect(await new FastestBackend(path).among([cpu, webgpu], 'a', measure({ cpu: 9, webgpu: 3 }))).toBe('webgpu');
  expect(Object.values(JSON.parse(readFileSync(path, 'utf8')))).toEqual([{ a: 'webgpu' }]);
});

test('a folder that cannot be written costs a measurement, and nothing else', async () => {
  writeFileSync(join(folder, 'cache'), '');
  for (const _ of [1, 2]) {
    expect(await new FastestBackend(path).among([cpu, webgpu], 'a', measure({ cpu: 9, webgpu: 3 }))).toBe('webgpu');
  }
  expect(measured).toHaveLength(4);
});
