import { describe, expect, test } from 'vitest';
import { Recorder } from '../../src/main/engine/recorder.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { numberPin, numbers, planOf, sink, testEngine, testNode } from './test-graph.ts';

const shownIn = { window: 'w' };

const anySink = sink(() => {});

const wait = testNode('wait', {
  inputs: numberPin,
  outputs: numberPin,
  async run(inputs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return inputs;
  },
});

const tensor = testNode('tensor', {
  inputs: numberPin,
  outputs: { value: pin.tensor() },
  run: ({ value }, ctx) => ({ value: ctx.tensor('uint8', [1000 - value]) }),
});

describe('the report of a run', () => {
  test('tells when each node was at work, on which item', async () => {
    await using engine = await testEngine();
    const nodes = { numbers: numbers(3), wait, sink: anySink };
    const plan = planOf(nodes, ['numbers.value -> wait.value', 'wait.value -> sink.value']);
    const { summary } = await engine.run(plan, { shownIn, record: true });
    const { spans, spansDropped } = engine.engine.runReport('test-1');
    expect(spansDropped).toBe(0);
    const waits = spans.filter(({ node }) => node === 'wait');
    expect(waits.map(({ item, isolate }) => ({ item, isolate }))).toEqual([
      { item: 0, isolate: null },
      { item: 1, isolate: null },
      { item: 2, isolate: null },
    ]);
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(-1);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(summary.ms + 50);
    }
    expect(spans.filter(({ node }) => node === 'numbers').map(({ item }) => item)).toEqual([0, 1, 2]);
  });

  test('tells of small nodes too, and that they run once', async () => {
    await using engine = await testEngine({ checkInputs: false });
    const same = testNode('same', { inputs: numberPin, outputs: numberPin, run: (inputs) => inputs });
    const plan = planOf({ a: { use: same, params: { value: 1 } }, b: same }, ['a.value -> b.value']);
    await engine.run(plan, { shownIn, record: true });
    const { spans } = engine.engine.runReport('test-1');
    expect(spans.map(({ node, item }) => ({ node, item }))).toEqual([
      { node: 'a', item: null },
      { node: 'b', item: null },
    ]);
  });

  test('has no times where none were recorded', async () => {
    await using engine = await testEngine();
    await engine.run(planOf({ wait: { use: wait, params: { value: 1 } } }), { shownIn });
    expect(engine.engine.runReport('test-1').spans).toEqual([]);
  });

  test('tells what each pin holds, and the most that it held', async () => {
    await using engine = await testEngine();
    const nodes = {
      numbers: numbers(3),
      each: tensor,
      once: { use: tensor, params: { value: 900 } },
      sink: anySink,
      all: anySink,
    };
    await engine.run(
      planOf(nodes, ['numbers.value -> each.value', 'each.value -> sink.value', 'once.value -> all.value']),
      { shownIn },
    );
    const { pins, arena, budgetBytes } = engine.engine.runReport('test-1');
    const at = (node: string) => ({ node, side: 'output', pin: 'value' });
    expect(pins.toSorted((a, b) => a.bytes - b.bytes)).toEqual([
      { ref: at('once'), bytes: 100, peakBytes: 100 },
      { ref: at('each'), bytes: 998, peakBytes: 1000 },
    ]);
    expect(arena.usedBytes).toBeGreaterThanOrEqual(1098);
    expect(arena.reservedBytes).toBeGreaterThanOrEqual(arena.usedBytes);
    expect(budgetBytes).toBeGreaterThan(arena.reservedBytes);
  });

  test('is not to be had when its values have been let go', async () => {
    await using engine = await testEngine();
    const plan = planOf({ wait: { use: wait, params: { value: 1 } } });
    await engine.run(plan, { shownIn });
    engine.engine.previews.forget('w');
    expect(() => engine.engine.runReport('test-1')).toThrow('Nothing is known of this run any more');
  });
});

describe('a recorder', () => {
  test('keeps the newest spans in order, and counts those before', () => {
    const recorder = new Recorder();
    for (let item = 0; item < 20_010; item++) recorder.add(item % 2, item, 0, item % 2 === 0 ? 'inference cpu' : null);
    const spans = recorder.spans(['even', 'odd']);
    expect(recorder.dropped).toBe(10);
    expect(spans.length).toBe(20_000);
    expect(spans[0]).toMatchObject({ node: 'even', item: 10, isolate: 'inference cpu' });
    expect(spans[1]).toMatchObject({ node: 'odd', item: 11, isolate: null });
    expect(spans.at(-1)?.item).toBe(20_009);
  });
});
