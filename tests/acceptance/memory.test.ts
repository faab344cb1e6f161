import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { graphOf } from '../engine/test-graph.ts';
import { addModel } from '../onnx/models.ts';
import { TEST_NODES } from './hosted-run.ts';
import { hasProc } from './running.ts';

const ITEMS = 10_000;
const MB = 1e6;

const sampleSchema = z.object({ outputs: z.int(), engineBytes: z.int(), isolateBytes: z.int() });
const arenaSchema = z.object({ liveBytes: z.int(), slabs: z.int(), loans: z.int(), peakBytes: z.int() });
const endSchema = z.object({
  summary: z.object({ status: z.string(), streams: z.record(z.string(), z.object({ items: z.int() })) }),
  arena: arenaSchema,
});
type Sample = z.infer<typeof sampleSchema>;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-memory-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasProc)(`${ITEMS} items through a model`, () => {
  // 8 kB: more than travels in a message, so every tensor takes the way through the arena.
  test('leave memory flat in engine and isolates, and the arena empty', { timeout: 180_000 }, async () => {
    const { samples, end, closed } = await measure(2048);
    expect(end.summary).toEqual({ status: 'done', streams: { range: expect.objectContaining({ items: ITEMS }) } });
    for (const of of ['engineBytes', 'isolateBytes'] as const) {
      const [early, late] = [lowest(samples, of, 2000, 4000), lowest(samples, of, ITEMS - 2000, ITEMS)];
      expect(Math.abs(late - early) / MB, `${of} from ${early} to ${late}`).toBeLessThan(20);
    }
    expect(end.arena.loans).toBe(0);
    expect(end.arena.peakBytes).toBeGreaterThan(0);
    expect(closed).toMatchObject({ liveBytes: 0, slabs: 0, loans: 0 });
  });
});

async function measure(columns: number) {
  const model = join(folder, 'add.onnx');
  writeFileSync(model, addModel(1, columns));
  const graph = join(folder, 'graph.weft.json');
  writeFileSync(graph, JSON.stringify(manyItems(model, columns)));
  const script = join(import.meta.dirname, 'processes', 'measured-run.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, graph, TEST_NODES], { maxBuffer: 64 * MB });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    samples: lines.slice(0, -2).map((line) => sampleSchema.parse(line)),
    end: endSchema.parse(lines.at(-2)),
    closed: arenaSchema.parse(lines.at(-1).arena),
  };
}

function manyItems(model: string, columns: number) {
  return graphOf(
    [
      { id: 'range', type: 'flow/range@1', params: { stop: ITEMS } },
      { id: 'ones', type: 'test/ones@1', params: { shape: [1, columns] } },
      { id: 'load', type: 'model/load@1', params: { path: model } },
      { id: 'infer', type: 'model/infer@1' },
      { id: 'statistics', type: 'tensor/statistics@1' },
      { id: 'out', type: 'io/output@1', params: { name: 'mean' } },
    ],
    [
      'range.value -> ones.value',
      'load.model -> infer.model',
      'ones.tensor -> infer.input',
      'infer.output -> statistics.tensor',
      'statistics.mean -> out.value',
    ],
  );
}

/** What is in use between two items when garbage has just been collected. */
function lowest(samples: readonly Sample[], of: 'engineBytes' | 'isolateBytes', from: number, to: number): number {
  const within = samples.filter(({ outputs }) => outputs > from && outputs <= to);
  return Math.min(...within.map((sample) => sample[of]));
}
