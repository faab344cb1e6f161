import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runStatus } from '../../src/main/cli/exit-status.ts';
import type { Graph, Policy } from '../../src/shared/graph/document.ts';
import { graphOf } from '../engine/test-graph.ts';
import { slowModel } from '../onnx/models.ts';
import { HostedEngine, type HostedRun } from './hosted-run.ts';
import { hasProc, isolatesOf, startRun } from './running.ts';

const PICTURES = 50;
const OUTPUTS = ['name', 'mean', 'std'] as const;

let folder: string;
let model: string;
let pictures: string;
let undisturbed: HostedRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-isolate-death-'));
  model = join(folder, 'slow.onnx');
  writeFileSync(model, slowModel(60, [1, 1]));
  pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  for (let k = 0; k < PICTURES; k++) {
    const samples = Buffer.from(Array.from({ length: 40 * 30 }, (_, i) => (i * (k + 3)) % 256));
    await sharp(samples, { raw: { width: 40, height: 30, channels: 1 } })
      .png()
      .toFile(join(pictures, `${k}.png`));
  }
  await using engine = new HostedEngine();
  undisturbed = await engine.run(graph({}));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('undisturbed, every picture gives a result of its own', () => {
  expect(undisturbed.summary).toMatchObject({ status: 'done', streams: { folder: { items: PICTURES, failed: 0 } } });
  expect(undisturbed.output('name')).toEqual(Array.from({ length: PICTURES }, (_, k) => String(k)));
  expect(new Set(undisturbed.output('mean')).size).toBe(PICTURES);
});

describe.skipIf(!hasProc)('kill -9 of an isolate in the middle of a folder of 50 pictures', () => {
  test('with a second attempt, all results arrive, equal to those of an undisturbed run', async () => {
    const run = await runAndKill({ attempts: 2 });
    expect(run.summary).toMatchObject({ status: 'done', streams: { folder: { items: PICTURES, failed: 0 } } });
    for (const name of OUTPUTS) expect(run.output(name)).toEqual(undisturbed.output(name));
    const retried = run.events.filter((event) => event.event === 'node.retrying');
    expect(retried).toHaveLength(1);
    expectDeath(retried[0].error);
  });

  test('with onError skip and no second attempt, exactly the item that it held fails', async () => {
    const run = await runAndKill({ onError: 'skip' });
    const failed = run.events.filter((event) => event.event === 'item.failed');
    expect(failed).toHaveLength(1);
    expectDeath(failed[0].error);
    expect(run.summary).toMatchObject({ status: 'degraded', streams: { folder: { items: PICTURES, failed: 1 } } });
    expect(runStatus(run.summary)).toBe(1);
    for (const name of ['mean', 'std']) {
      expect(run.output(name)).toEqual(undisturbed.output(name).filter((_, item) => item !== failed[0].item));
    }
  });

  test('without either, the run fails and says what died', async () => {
    const run = await runAndKill({});
    expect(run.summary.status).toBe('failed');
    expectDeath(run.summary.error);
    expect(runStatus(run.summary)).toBe(1);
  });

  test('the command line too gives all results', async () => {
    const file = join(folder, 'graph.weft.json');
    writeFileSync(file, JSON.stringify(graph({ attempts: 2 })));
    const running = startRun([file, '--out', folder]);
    await running.event(({ event, item }) => event === 'output' && item === 10);
    const [isolate] = isolatesOf(running.pid);
    process.kill(isolate, 'SIGKILL');
    expect(await running.ended).toBe(0);
    const outputs = running.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'output');
    expect(outputs).toHaveLength(OUTPUTS.length * PICTURES);
    for (const { name, item, value } of outputs) expect(value).toEqual(undisturbed.output(name)[item]);
  });
});

/** Kills an isolate that holds an item, once ten results have come. */
async function runAndKill(policy: Policy): Promise<HostedRun> {
  await using engine = new HostedEngine();
  const tenth = Promise.withResolvers<void>();
  const running = engine.run(graph(policy), {}, (event) => {
    if (event.event === 'output' && event.item === 10) tenth.resolve();
  });
  await Promise.race([tenth.promise, running]);
  const [isolate] = isolatesOf(process.pid);
  // If it had just finished an item it is given the next one, while the engine answers two calls.
  process.kill(isolate, 'SIGSTOP');
  await engine.host.nodes('none');
  await engine.host.nodes('none');
  process.kill(isolate, 'SIGKILL');
  return await running;
}

function expectDeath(error: unknown): void {
  expect(error).toMatchObject({
    code: 'E_ISOLATE_DIED',
    node: 'infer',
    message: expect.stringMatching(/^[^\n]*slow\.onnx ended with SIGKILL: [^\n]+\.$/),
  });
}

function graph(policy: Policy): Graph {
  return graphOf(
    [
      { id: 'folder', type: 'image/folder@1', params: { folder: pictures } },
      { id: 'read', type: 'image/read@1' },
      { id: 'letterbox', type: 'image/letterbox@1', params: { width: 256, height: 256 } },
      { id: 'tensor', type: 'tensor/from-image@1', params: { channels: 'grey' } },
      { id: 'load', type: 'model/load@1', params: { path: model } },
      { id: 'infer', type: 'model/infer@1', policy },
      { id: 'statistics', type: 'tensor/statistics@1' },
      ...OUTPUTS.map((name) => ({ id: name, type: 'io/output@1', params: { name } })),
    ],
    [
      'folder.path -> read.path',
      'read.image -> letterbox.image',
      'letterbox.image -> tensor.image',
      'load.model -> infer.model',
      'tensor.tensor -> infer.input',
      'infer.output -> statistics.tensor',
      'folder.name -> name.value',
      'statistics.mean -> mean.value',
      'statistics.std -> std.value',
    ],
  );
}
