import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import type { RunMemory } from '../../src/shared/protocol/run-report.ts';
import { numberPin, numbers, planOf, sink, testEngine, testNode } from './test-graph.ts';

const shownIn = { window: 'w' };

const anySink = sink(() => {});

const tensor = testNode('tensor', {
  inputs: numberPin,
  outputs: { value: pin.tensor() },
  run: ({ value }, ctx) => ({ value: ctx.tensor('uint8', [1000 - value]) }),
});

const pair = testNode('pair', {
  inputs: numberPin,
  outputs: { one: pin.tensor(), same: pin.tensor() },
  run: (_, ctx) => {
    const one = ctx.tensor('uint8', [500]);
    return { one, same: one };
  },
});

describe('the memory of a run', () => {
  test('is told by node and output: what lies there, who holds it, and the most that did', async () => {
    await using engine = await testEngine();
    const once = { use: tensor, params: { value: 900 } };
    const nodes = { numbers: numbers(3), each: tensor, once, sink: anySink, all: anySink };
    const wires = ['numbers.value -> each.value', 'each.value -> sink.value', 'once.value -> all.value'];
    await engine.run(planOf(nodes, wires), { shownIn });
    const memory = engine.engine.runMemory('test-1');
    expect(memory.nodes.find(({ node }) => node === 'once')).toEqual({
      node: 'once',
      bytes: 100,
      peakBytes: 100,
      keptBytes: 0,
      pins: [{ pin: 'value', bytes: 100, peakBytes: 100, holders: ['cache', 'preview'] }],
    });
    // Of the stream the last item is held, to be looked at; at most all three were on their way.
    const each = nodeOf(memory, 'each');
    expect(each).toMatchObject({ bytes: 998, pins: [{ pin: 'value', bytes: 998, holders: ['preview'] }] });
    expect(each.peakBytes).toBeGreaterThanOrEqual(1000);
    expect(each.peakBytes).toBeLessThanOrEqual(1000 + 999 + 998);
    expect(memory.heldBytes).toBe(100 + 998);
    expect(memory.arena.usedBytes).toBeGreaterThanOrEqual(1098);
    expect(memory.arena.reservedBytes).toBeGreaterThanOrEqual(memory.arena.usedBytes);
    expect(memory.budgetBytes).toBeGreaterThan(memory.arena.reservedBytes);
  });

  test('counts items that wait while the run goes on, all of them at the most', async () => {
    await using engine = await testEngine();
    let during: RunMemory | null = null;
    const hold = testNode('hold', {
      inputs: { value: pin.tensor() },
      outputs: {},
      effects: 'shows',
      async run() {
        // The window of four items is full when the slow node has had the time to make others wait.
        await new Promise((resolve) => setTimeout(resolve, 50));
        during ??= engine.engine.runMemory('test-1');
        return {};
      },
    });
    const nodes = { numbers: numbers(4), each: tensor, hold };
    await engine.run(planOf(nodes, ['numbers.value -> each.value', 'each.value -> hold.value']), { shownIn });
    const { bytes, peakBytes, pins } = nodeOf(during, 'each');
    expect(pins[0].holders).toContain('waiting');
    expect(bytes).toBe(1000 + 999 + 998 + 997);
    expect(peakBytes).toBe(bytes);
    expect(nodeOf(engine.engine.runMemory('test-1'), 'each')).toMatchObject({ bytes: 997, peakBytes });
  });

  test('counts what a node keeps from call to call', async () => {
    await using engine = await testEngine();
    let during: RunMemory | null = null;
    const keeping = testNode('keeping', {
      inputs: numberPin,
      outputs: numberPin,
      open(_, ctx) {
        const table = ctx.keep(ctx.tensor('uint8', [4096]));
        return {
          process: ({ value }) => {
            during = engine.engine.runMemory('test-1');
            return { value: value + table.data.length };
          },
        };
      },
    });
    const nodes = { numbers: numbers(2), keeping, sink: anySink };
    await engine.run(planOf(nodes, ['numbers.value -> keeping.value', 'keeping.value -> sink.value']), { shownIn });
    expect(nodeOf(during, 'keeping')).toMatchObject({ keptBytes: 4096 });
    expect(nodeOf(engine.engine.runMemory('test-1'), 'keeping')).toMatchObject({ bytes: 0, keptBytes: 0 });
    expect(nodeOf(engine.engine.runMemory('test-1'), 'keeping').peakBytes).toBeGreaterThanOrEqual(4096);
  });

  test('counts memory that two values share once in the whole', async () => {
    await using engine = await testEngine();
    const nodes = { pair: { use: pair, params: { value: 0 } }, a: anySink, b: anySink };
    await engine.run(planOf(nodes, ['pair.one -> a.value', 'pair.same -> b.value']), { shownIn });
    const memory = engine.engine.runMemory('test-1');
    expect(nodeOf(memory, 'pair').pins.map(({ bytes }) => bytes)).toEqual([500, 500]);
    expect(memory.heldBytes).toBe(500);
  });

  test('shrinks when the cache is emptied, but for what can still be looked at', async () => {
    await using engine = await testEngine();
    const plan = (value: number) =>
      planOf({ once: { use: tensor, params: { value } }, all: anySink }, ['once.value -> all.value']);
    await engine.run(plan(0), { shownIn });
    await engine.run(plan(1), { shownIn });
    const before = engine.engine.runMemory('test-2');
    expect(before.cacheBytes).toBe(1000);
    expect(engine.engine.forgetResults()).toBeGreaterThanOrEqual(1000);
    const after = engine.engine.runMemory('test-2');
    expect(after.cacheBytes).toBe(0);
    expect(nodeOf(after, 'once')).toMatchObject({ bytes: 999, pins: [{ holders: ['preview'] }] });
    const { states } = await engine.run(plan(1), { shownIn });
    expect(states.once).toBe('done');
  });

  test('is not to be had when the values of the run have been let go', async () => {
    await using engine = await testEngine();
    await engine.run(planOf({ once: { use: tensor, params: { value: 1 } } }), { shownIn });
    engine.engine.previews.forget('w');
    expect(() => engine.engine.runMemory('test-1')).toThrow('Nothing is known of this run any more');
  });
});

function nodeOf(memory: RunMemory | null, id: string) {
  const found = memory?.nodes.find(({ node }) => node === id);
  if (found === undefined) throw new Error(`Nothing is told of ${id}.`);
  return found;
}
