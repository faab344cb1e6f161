import { expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { type RandomStreams, randomStreams } from './random-streams.ts';
import { planOf, seeded, testEngine, testNode, turn, upTo } from './test-graph.ts';

interface Received {
  readonly item: number | null;
  readonly value: unknown;
}

/** A plan of the streams, and what its sinks receive while it runs. */
function received({ nodes, wires, expected }: RandomStreams) {
  const received = new Map([...expected.keys()].map((name) => [name, [] as Received[]]));
  const sink = testNode('sink', {
    effects: 'shows',
    inputs: { name: pin.string(), value: pin.number() },
    outputs: {},
    run({ name, value }, { item }) {
      received.get(name)?.push({ item, value });
      return {};
    },
  });
  const sinks = [...expected.keys()].map((name) => [name, { use: sink, params: { name } }]);
  return { plan: planOf({ ...nodes, ...Object.fromEntries(sinks) }, wires), received };
}

test.each(upTo(20))('streams that change and meet at random give what they should (seed %i)', async (seed) => {
  const random = seeded(seed);
  const streams = randomStreams(random);
  await using test = await testEngine({ window: 1 + random.below(5), maxParallel: 1 + random.below(5) });
  const run = received(streams);
  const { summary } = await test.run(run.plan);
  expect(run.received).toEqual(streams.expected);
  expect(['done', 'degraded']).toContain(summary.status);
  await test.expectNothingHeld();
});

test.each(upTo(4000).slice(500))(
  'they end when one fails, or when they are stopped, and give nothing wrong (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const { nodes, ...rest } = randomStreams(random);
    const strict = Object.entries(nodes).map(([id, { policy: _, ...node }]) => [id, node] as const);
    await using test = await testEngine({ window: 1 + random.below(5), maxParallel: 1 + random.below(5) });
    const run = received({ ...rest, nodes: seed % 2 === 0 ? nodes : Object.fromEntries(strict) });
    const id = test.nextRun;
    const ended = test.run(run.plan);
    if (seed % 2 === 0) {
      for (const _ of upTo(random.below(12))) await turn();
      test.engine.cancel(id);
    }
    await ended;
    for (const [name, items] of run.received) {
      expect(rest.expected.get(name)).toEqual(expect.arrayContaining(items));
    }
    await test.expectNothingHeld();
  },
);

test('the random streams have everything in them', () => {
  const seen = new Map<string, number>();
  for (const seed of upTo(200)) {
    const { nodes, expected } = randomStreams(seeded(seed));
    for (const { use } of Object.values(nodes)) seen.set(use.type, (seen.get(use.type) ?? 0) + 1);
    const values = [...expected.values()].flat().length;
    seen.set('values', (seen.get('values') ?? 0) + values);
  }
  for (const what of ['flow/sample', 'flow/window', 'flow/zip', 'flow/latest', 'test/fails', 'values']) {
    expect(seen.get(what), what).toBeGreaterThan(50);
  }
});
