import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphNode, Policy } from '../../src/shared/graph/document.ts';
import { graphOf } from '../engine/test-graph.ts';
import { slowModel } from '../onnx/models.ts';
import { HostedEngine, TEST_NODES } from './hosted-run.ts';
import { hasProc, isolatesOf, openFiles, residentBytes, startRun } from './running.ts';

/** Twice what is promised: the machine may be busy with other tests. */
const PROMISE_MS = 2 * 3000;
const STOPS = 50;
/** Nodes that never end: without letting go of the thread, in an `await`, and with no ear for their signal. */
const ENDLESS = ['spin', 'spin-late', 'wait', 'deaf', 'spin-source', 'wait-source'] as const;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-stopping-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('weft run ends by itself with 130, within the time promised,', () => {
  test.each(ENDLESS)('after SIGINT, though a node would %s for ever', async (node) => {
    expect(await endAfter('SIGINT', node)).toBe(130);
  });

  test.each(['spin', 'deaf'] as const)('after SIGTERM, though a node would %s for ever', async (node) => {
    expect(await endAfter('SIGTERM', node)).toBe(130);
  });

  test('and tells which node was stopped', async () => {
    const running = startRun([fileOf(endless('spin'))], { WEFT_NODES: TEST_NODES });
    await running.event(({ event }) => event === 'run.started');
    running.process.kill('SIGINT');
    expect(await running.event(({ event }) => event === 'node.finished')).toMatchObject({
      node: 'endless',
      status: 'cancelled',
    });
    expect(await running.event(({ event }) => event === 'run.finished')).toMatchObject({
      status: 'cancelled',
      error: { code: 'E_CANCELLED' },
    });
    expect(await running.ended).toBe(130);
  });

  test('at once after a second SIGINT, without waiting for the node', async () => {
    const running = startRun([fileOf(endless('deaf'))], { WEFT_NODES: TEST_NODES });
    await running.event(({ event }) => event === 'run.started');
    const again = setInterval(() => running.process.kill('SIGINT'), 50);
    try {
      expect(await running.ended).toBe(130);
    } finally {
      clearInterval(again);
    }
    expect(running.lines.filter((line) => line.includes('run.finished'))).toEqual([]);
  });
});

describe('a limit of time', () => {
  test.each(ENDLESS)('of the run ends it with 4, though a node would %s for ever', async (node) => {
    const running = startRun([fileOf(endless(node)), '--timeout', '0.5'], { WEFT_NODES: TEST_NODES });
    expect(await running.ended).toBe(4);
    expect(await running.event(({ event }) => event === 'run.finished')).toMatchObject({
      status: 'timeout',
      error: { code: 'E_RUN_TIMEOUT' },
    });
  });

  test.each(ENDLESS)('of a node that would %s for ever gives E_TIMEOUT, and the engine lives on', async (node) => {
    await using engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
    for (let round = 0; round < 2; round++) {
      const { summary } = await engine.run(endless(node, { timeout: 0.3 }));
      expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_TIMEOUT', node: 'endless' } });
      expect(summary.error?.message).toMatch(/^[^\n]+: [^\n]+\.$/);
      const next = await engine.run(rangeGraph());
      expect(next.summary.status).toBe('done');
      expect(next.output('list')).toEqual([[0, 1, 2]]);
    }
  });

  test('of a node ends the command line with 1', async () => {
    const running = startRun([fileOf(endless('spin', { timeout: 0.3 }))], { WEFT_NODES: TEST_NODES });
    expect(await running.ended).toBe(1);
  });
});

test('an engine that is closed in the middle of a run ends the run', async () => {
  const engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
  const started = Promise.withResolvers<void>();
  const running = engine.run(endless('spin'), {}, () => started.resolve());
  await started.promise;
  await engine.host.close();
  expect((await running).summary).toMatchObject({ status: 'cancelled', error: { code: 'E_CANCELLED' } });
});

describe.skipIf(!hasProc)(`${STOPS} stops of the engine's thread in the middle of a run`, () => {
  test('leave the process sane', { timeout: 180_000 }, async () => {
    const model = join(folder, 'slow.onnx');
    writeFileSync(model, slowModel(100, [1, 1]));
    await using engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
    const stop = async (round: number) => {
      const graph = round % 2 === 0 ? endless('spin', { timeout: 0.1 }) : spinDuringInference(model);
      const { summary } = await engine.run(graph);
      expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_TIMEOUT', node: 'endless' } });
    };
    // The first few load libraries and make the segments that all later threads use.
    for (let round = 0; round < 6; round++) await stop(round);
    await engine.run(rangeGraph());
    const before = { files: openFiles(), memory: residentBytes(process.pid) };
    for (let round = 0; round < STOPS; round++) await stop(round);
    const last = await engine.run(rangeGraph());
    expect(last.summary.status).toBe('done');
    expect(last.output('list')).toEqual([[0, 1, 2]]);
    expect(isolatesOf(process.pid)).toEqual([]);
    // A thread's ports and pipes may take a turn to close.
    await expect.poll(() => openFiles() - before.files, { timeout: 10_000 }).toBeLessThanOrEqual(2);
    expect((residentBytes(process.pid) - before.memory) / 2 ** 20).toBeLessThan(100);
  });
});

/** The status that a run with a node that never ends itself ends with after a signal, if it does so in time. */
async function endAfter(signal: 'SIGINT' | 'SIGTERM', node: (typeof ENDLESS)[number]): Promise<number | string> {
  const running = startRun([fileOf(endless(node))], { WEFT_NODES: TEST_NODES });
  await running.event(({ event }) => event === 'run.started');
  running.process.kill(signal);
  const late = setTimeout(() => running.process.kill('SIGKILL'), PROMISE_MS);
  try {
    return await running.ended;
  } finally {
    clearTimeout(late);
  }
}

function endless(node: (typeof ENDLESS)[number], policy?: Policy): Graph {
  return graphOf(
    [
      { id: 'endless', type: `test/${node}@1`, ...(policy === undefined ? {} : { policy }) },
      { id: 'out', type: 'io/output@1', params: { name: 'y' } },
    ],
    ['endless.y -> out.value'],
  );
}

/** Spins as soon as the first of several items has come back from the model, while others are in the isolates. */
function spinDuringInference(model: string): Graph {
  const nodes: GraphNode[] = [
    { id: 'range', type: 'flow/range@1', params: { stop: 8 } },
    { id: 'ones', type: 'test/ones@1', params: { shape: [1, 1, 256, 256] } },
    { id: 'load', type: 'model/load@1', params: { path: model } },
    { id: 'infer', type: 'model/infer@1' },
    { id: 'endless', type: 'test/spin@1', policy: { timeout: 0.1 } },
    { id: 'out', type: 'io/output@1', params: { name: 'y' } },
  ];
  return graphOf(nodes, [
    'range.value -> ones.value',
    'load.model -> infer.model',
    'ones.tensor -> infer.input',
    'infer.output -> endless.after',
    'endless.y -> out.value',
  ]);
}

function rangeGraph(): Graph {
  return graphOf(
    [
      { id: 'range', type: 'flow/range@1', params: { stop: 3 } },
      { id: 'collect', type: 'flow/collect@1' },
      { id: 'out', type: 'io/output@1', params: { name: 'list' } },
    ],
    ['range.value -> collect.value', 'collect.list -> out.value'],
  );
}

let files = 0;

function fileOf(graph: Graph): string {
  const path = join(folder, `${++files}.weft.json`);
  writeFileSync(path, JSON.stringify(graph));
  return path;
}
