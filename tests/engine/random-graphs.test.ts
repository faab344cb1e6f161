import { expect, test } from 'vitest';
import type { GraphNode } from '../../src/shared/graph/document.ts';
import { NaiveEvaluator } from './naive-evaluator.ts';
import { randomGraph, randomNodes } from './random-graph.ts';
import { planOfGraph, seeded, type TestRun, testEngine, upTo } from './test-graph.ts';

interface Received {
  readonly item: number | null;
  readonly value: unknown;
}

test.each(upTo(200))('a random graph gives what a naive evaluation gives (seed %i)', async (seed) => {
  const random = seeded(seed);
  const graph = randomGraph(random);
  // Without the check of inputs, small nodes are called the straight way.
  const checkInputs = seed % 2 === 0;
  await using test = await testEngine({ checkInputs, window: 1 + random.below(5), maxParallel: 1 + random.below(5) });
  const received = new Map<string, Received[]>();
  const nodes = randomNodes((sink, item, value) => received.get(sink)?.push({ item, value }));
  const plan = planOfGraph({ weft: 1, nodes: [...graph.nodes], wires: [...graph.wires] }, nodes);
  const expected = new NaiveEvaluator(graph);

  // The second time much comes from the cache.
  for (const attempt of ['first', 'second']) {
    for (const { id } of expected.sinks) received.set(id, []);
    const run = await test.run(plan);
    for (const sink of expected.sinks) compareSink(expected, sink, received.get(sink.id) ?? []);
    compareEnd(expected, run, attempt === 'second');
  }
  await test.expectNothingHeld();
});

test('the random graphs have everything in them', () => {
  const seen = new Map<string, number>();
  const count = (what: string, times: number) => seen.set(what, (seen.get(what) ?? 0) + times);
  for (const seed of upTo(200)) {
    const graph = randomGraph(seeded(seed));
    const evaluator = new NaiveEvaluator(graph);
    const states = Object.values(evaluator.states());
    const needed = evaluator.needed();
    count('failed nodes', states.filter((state) => state === 'failed').length);
    count('skipped nodes', states.filter((state) => state === 'skipped').length);
    count('failed items', evaluator.failedItems);
    count('stopped streams', needed.filter((node) => evaluator.stopsAt(node) !== undefined).length);
    count('nodes in streams', needed.filter((node) => evaluator.streamOf(node) !== undefined).length);
    count('nodes that are tried again', needed.filter(({ policy }) => (policy?.attempts ?? 1) > 1).length);
    count('auto-wires', graph.wires.filter(({ from }) => !from.includes('.')).length);
    count('bypassed nodes', graph.nodes.filter(({ bypass }) => bypass === true).length);
    count('values at sinks', evaluator.sinks.flatMap((sink) => evaluator.received(sink)).length);
  }
  for (const [what, times] of seen) expect(times, what).toBeGreaterThan(30);
});

/** Of a stream that an error stops, some items after the one that failed may still have been in flight. */
function compareSink(expected: NaiveEvaluator, sink: GraphNode, received: readonly Received[]): void {
  const all = expected.received(sink);
  const stream = expected.streamOf(sink);
  const end = (stream === undefined ? undefined : expected.stopsAt(stream)) ?? Number.POSITIVE_INFINITY;
  const isCertain = ({ item }: Received) => item === null || item < end;
  const late = received.filter((entry) => !isCertain(entry));
  expect(received.filter(isCertain)).toEqual(all.filter(isCertain));
  expect(all).toEqual(expect.arrayContaining(late));
}

function compareEnd(expected: NaiveEvaluator, { summary, states }: TestRun, withCache: boolean): void {
  const sources = expected.needed().filter(({ type }) => type === 'test/count@1');
  if (sources.some((source) => expected.stopsAt(source) !== undefined)) {
    expect(summary.status).toBe('failed');
    return;
  }
  const ends = expected.states();
  const hasFailed = Object.values(ends).includes('failed');
  expect(summary.status).toBe(hasFailed ? 'failed' : expected.failedItems > 0 ? 'degraded' : 'done');
  if (withCache) return;
  expect(states).toEqual(ends);
  const count = (state: string) => Object.values(ends).filter((end) => end === state).length;
  expect(summary).toMatchObject({ done: count('done'), failed: count('failed'), skipped: count('skipped') });
  for (const source of sources) expect(Object.keys(summary.streams)).toContain(source.id);
}
