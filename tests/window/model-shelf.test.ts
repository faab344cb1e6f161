import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ModelShelf } from '../../src/main/window/model-shelf.ts';
import type { ModelState } from '../../src/shared/protocol/window-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MODEL = Buffer.alloc(300_000, 7);

interface Offer {
  readonly sha256?: string | null;
  /** The server sends all of it at once. */
  readonly whole?: boolean;
}

/** A shelf whose catalogue has one model, on a server that sends its second half when it is told to. */
async function shelf({ sha256 = null, whole = false }: Offer = {}) {
  const folder = temporaryFolder();
  const rest = Promise.withResolvers<void>();
  if (whole) rest.resolve();
  const asked = vi.fn();
  const server = createServer(async (_, response) => {
    asked();
    response.writeHead(200, { 'content-length': MODEL.length });
    response.write(MODEL.subarray(0, 150_000));
    await rest.promise;
    response.end(MODEL.subarray(150_000));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    rest.resolve();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/m.onnx`;
  const model = {
    name: 'tiny',
    task: 'detection',
    family: 'yolo',
    licence: 'MIT',
    bytes: MODEL.length,
    sha256,
    url,
    notes: '',
  };
  const catalogue = join(folder, 'catalogue.json');
  writeFileSync(catalogue, JSON.stringify([model]));
  vi.stubEnv('WEFT_CATALOGUE', catalogue);
  vi.stubEnv('WEFT_MODELS', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const told: ModelState[] = [];
  const models = new ModelShelf(({ state }) => told.push(state));
  const state = async () => (await models.list()).find(({ name }) => name === 'tiny')?.state;
  const half = () =>
    vi.waitFor(async () => expect(await state()).toMatchObject({ kind: 'pulling', bytes: 150_000 }), 20_000);
  return { models, told, state, half, asked, rest, folder };
}

test('a model is absent, then on its way, then here, and every change is told', async () => {
  const { models, told, state, half, rest, folder } = await shelf();
  expect(await state()).toEqual({ kind: 'absent', partBytes: 0, failure: null });
  const pulled = models.pull('tiny');
  await half();
  expect(await state()).toMatchObject({ kind: 'pulling', bytes: 150_000, total: MODEL.length });
  rest.resolve();
  const path = join(folder, 'tiny.onnx');
  expect(await pulled).toEqual({ path, recordedDigest: createHash('sha256').update(MODEL).digest('hex') });
  expect(await state()).toEqual({ kind: 'here', path });
  await vi.waitFor(() => expect(told.at(-1)).toEqual({ kind: 'here', path }), 20_000);
});

test('two windows that want the same model share one download', async () => {
  const { models, rest, asked } = await shelf();
  const pulls = [models.pull('tiny'), models.pull('tiny')];
  rest.resolve();
  const [a, b] = await Promise.all(pulls);
  expect(a).toBe(b);
  expect(asked).toHaveBeenCalledOnce();
});

test('a download that is stopped says so and keeps what it has, and the next one goes on', async () => {
  const { models, state, half, rest } = await shelf();
  const pulled = models.pull('tiny');
  await half();
  models.cancel('tiny');
  await expect(pulled).rejects.toMatchObject({ code: 'E_CANCELLED' });
  expect(await state()).toEqual({ kind: 'absent', partBytes: 150_000, failure: null });
  rest.resolve();
  await models.pull('tiny');
  expect(await state()).toMatchObject({ kind: 'here' });
});

test('a download that failed says why until it is tried again', async () => {
  const { models, told, state } = await shelf({ sha256: 'f'.repeat(64), whole: true });
  const failed = { kind: 'absent', partBytes: 0, failure: expect.objectContaining({ code: 'E_DIGEST' }) };
  await expect(models.pull('tiny')).rejects.toMatchObject({ code: 'E_DIGEST' });
  expect(await state()).toEqual(failed);
  await vi.waitFor(() => expect(told.at(-1)).toEqual(failed), 20_000);
  const again = models.pull('tiny').catch(() => {});
  expect(await state()).toMatchObject({ kind: 'pulling' });
  await again;
});

test('a model is removed, and so is what a stopped download left', async () => {
  const { models, told, state, rest, half, folder } = await shelf();
  const stopped = models.pull('tiny').catch(() => {});
  await half();
  models.cancel('tiny');
  await stopped;
  await models.remove('tiny');
  const absent = { kind: 'absent', partBytes: 0, failure: null };
  expect(await state()).toEqual(absent);
  rest.resolve();
  await models.pull('tiny');
  await models.remove('tiny');
  expect(await state()).toEqual(absent);
  await vi.waitFor(() => expect(told.at(-1)).toEqual(absent), 20_000);
  expect(existsSync(join(folder, 'tiny.onnx'))).toBe(false);
});

test('closing stops what is on its way', async () => {
  const { models, half } = await shelf();
  const pulled = models.pull('tiny').catch((error) => error.code);
  await half();
  await models.close();
  expect(await pulled).toBe('E_CANCELLED');
});

test('a model that the catalogue does not have is refused by name', async () => {
  const { models } = await shelf();
  expect(() => models.pull('tiniest')).toThrow(expect.objectContaining({ code: 'E_MODEL_MISSING' }));
});
