import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { BACKEND_NAMES } from '../../src/shared/node-api/backend.ts';
import { squareDetectorModel } from '../onnx/models.ts';
import { HostedEngine } from './hosted-run.ts';
import { hasProc, isolatesOf, processorSeconds } from './running.ts';

const SAMPLE = resolve(import.meta.dirname, '../../resources/graphs/compare-backends.weft.json');

interface Row {
  readonly backend: string;
  readonly status: string;
  readonly reason?: string;
  readonly [fact: string]: unknown;
}

let folder: string;
let inputs: { image: string; model: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-compare-'));
  inputs = { image: join(folder, 'red.png'), model: join(folder, 'squares.onnx') };
  await sharp({ create: { width: 320, height: 320, channels: 3, background: 'red' } }).toFile(inputs.image);
  writeFileSync(inputs.model, squareDetectorModel());
});

afterAll(() => rmSync(folder, { recursive: true }));

test('the sample ranks the backends there are, which agree, and lists the rest with reasons', async () => {
  await using engine = new HostedEngine();
  const run = await engine.run(SAMPLE, { inputs: { ...inputs, iterations: 3 } });
  expect(run.summary).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  const rows = run.output('table')[0] as unknown as Row[];
  expect(rows.map(({ backend }) => backend).sort()).toEqual([...BACKEND_NAMES].sort());
  const done = rows.filter(({ status }) => status === 'done');
  expect(done.map(({ backend }) => backend)).toEqual(expect.arrayContaining(['cpu', 'wasm']));
  expect(rows.slice(0, done.length)).toEqual(done);
  const means = done.map(({ mean }) => mean as number);
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  for (const row of done) {
    expect(row).toMatchObject({ agrees: true, speedUp: expect.stringMatching(/^\d+\.\d\dx$/) });
    expect([1, 2, 3]).toContain(row.iterations);
    expect(row.difference).toBeLessThan(1e-3);
    expect(row.p50).toBeLessThanOrEqual(row.p95 as number);
    expect(row.fps).toBeCloseTo(1000 / (row.mean as number));
  }
  for (const row of rows.slice(done.length))
    expect(row).toMatchObject({ status: 'skipped', reason: expect.any(String) });
  expect(run.output('fastest')).toEqual([done[0].backend]);
  expect(run.output('agree')).toEqual([true]);
  if (!done.some(({ backend }) => backend === 'webgpu')) console.log('skipped: no webgpu here');
});

describe.skipIf(!hasProc)('a backend that dies in the middle of its benchmark', () => {
  test('is told as failed, and the rest finish', async () => {
    await using engine = new HostedEngine();
    const before = isolatesOf(process.pid);
    const running = engine.run(wasmBeforeCpu(), { inputs: { ...inputs, iterations: 100_000 } });
    const victim = await vi.waitUntil(
      () => {
        const started = isolatesOf(process.pid).filter((pid) => !before.includes(pid));
        // So much work is more than preparing, and starting and trying a backend, takes.
        return started.find((pid) => processorSeconds(pid) > 3);
      },
      { timeout: 50_000 },
    );
    process.kill(victim as number, 'SIGKILL');
    const run = await running;
    expect(run.summary).toMatchObject({ status: 'done', failed: 0 });
    expect(run.output('table')[0]).toMatchObject([
      { backend: 'cpu', status: 'done' },
      { backend: 'wasm', status: 'failed', reason: expect.stringContaining('ended with SIGKILL') },
    ]);
  });
});

/** The sample with two branches: wasm measures until it is killed, then cpu for a moment. */
function wasmBeforeCpu(): Graph {
  const sample: Graph = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  const seconds: Record<string, number> = { wasm: 3_600, cpu: 0.2 };
  const isKept = (id: string) => id in seconds || !(BACKEND_NAMES as readonly string[]).includes(id);
  return {
    ...sample,
    nodes: sample.nodes
      .filter(({ id }) => isKept(id))
      .map((node) => (node.id in seconds ? { ...node, params: { ...node.params, seconds: seconds[node.id] } } : node)),
    wires: sample.wires?.filter(({ from, to }) => isKept(from.split('.')[0]) && isKept(to.split('.')[0])),
    after: [{ from: 'wasm', to: 'cpu' }],
  };
}
