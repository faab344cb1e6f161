import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ModelShelf } from '../../src/main/window/model-shelf.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MODEL = Buffer.alloc(300_000, 7);

/** A shelf whose catalogue has one model, on a server that sends its second half when it is told to. */
async function shelf() {
  const folder = temporaryFolder();
  const rest = Promise.withResolvers<void>();
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
    sha256: null,
    url,
    notes: '',
  };
  const catalogue = join(folder, 'catalogue.json');
  writeFileSync(catalogue, JSON.stringify([model]));
  vi.stubEnv('WEFT_CATALOGUE', catalogue);
  vi.stubEnv('WEFT_MODELS', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const told: [string, number, number | null][] = [];
  const models = new ModelShelf((...progress) => told.push(progress));
  const state = async () => (await models.list()).find(({ name }) => name === 'tiny')?.state;
  return { models, told, state, asked, rest, folder };
}

test('a model is absent, then on its way, then here', async () => {
  const { models, told, state, rest, folder } = await shelf();
  expect(await state()).toBe('absent');
  const pulled = models.pull('tiny');
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), 5000);
  expect(told[0]).toEqual(['tiny', expect.any(Number), MODEL.length]);
  expect(await state()).toBe('pulling');
  rest.resolve();
  expect(await pulled).toBe(join(folder, 'tiny.onnx'));
  expect(told.at(-1)).toEqual(['tiny', MODEL.length, MODEL.length]);
  expect(await state()).toBe('here');
});

test('two windows that want the same model share one download', async () => {
  const { models, rest, asked } = await shelf();
  const pulls = [models.pull('tiny'), models.pull('tiny')];
  rest.resolve();
  const [a, b] = await Promise.all(pulls);
  expect(a).toBe(b);
  expect(asked).toHaveBeenCalledOnce();
});

test('a download that is stopped says so, and can be begun again', async () => {
  const { models, told, state, rest } = await shelf();
  const pulled = models.pull('tiny');
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), 5000);
  models.cancel('tiny');
  await expect(pulled).rejects.toMatchObject({ code: 'E_CANCELLED' });
  expect(await state()).toBe('absent');
  rest.resolve();
  await models.pull('tiny');
  expect(await state()).toBe('here');
});

test('closing stops what is on its way', async () => {
  const { models, told } = await shelf();
  const pulled = models.pull('tiny').catch((error) => error.code);
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), 5000);
  await models.close();
  expect(await pulled).toBe('E_CANCELLED');
});

test('a model that the catalogue does not have is refused by name', async () => {
  const { models } = await shelf();
  expect(() => models.pull('tiniest')).toThrow(expect.objectContaining({ code: 'E_MODEL_MISSING' }));
});
