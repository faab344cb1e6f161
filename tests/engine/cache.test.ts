import { describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import type { Tensor } from '../../src/shared/node-api/tensor.ts';
import { failsFor, gather, numberPin, numbers, planOf, sink, testEngine, testNode, upTo } from './test-graph.ts';

const add = testNode('add', {
  inputs: { a: pin.number({ default: 1 }), b: pin.number({ default: 2 }) },
  outputs: numberPin,
  run: ({ a, b }) => ({ value: a + b }),
});
const end = sink(() => {});

describe('a second run', () => {
  test('takes from the cache what it can, and says so before anything runs', async () => {
    await using test = await testEngine();
    const plan = planOf({ first: add, second: add, end }, ['first.value -> second.a', 'second.value -> end.value']);
    expect((await test.run(plan)).states).toEqual({ first: 'done', second: 'done', end: 'done' });
    const run = await test.run(plan);
    expect(run.events[0]).toMatchObject({ event: 'run.started', cached: ['second'], nodes: 2 });
    expect(run.states).toEqual({ second: 'cached', end: 'done' });
    expect(run.summary).toMatchObject({ status: 'done', done: 1, cached: 1 });
    await test.expectNothingHeld();
  });

  test('gives the very same values', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const make = testNode('make', { inputs: {}, outputs: { value: pin.any() }, run: () => ({ value: new Map() }) });
    const plan = planOf({ make, end: sink((value) => seen.push(value)) }, ['make.value -> end.value']);
    await test.run(plan);
    await test.run(plan);
    expect(seen[0]).toBe(seen[1]);
  });

  test('is not bothered by other ids, titles, places and another order in the file', async () => {
    await using test = await testEngine();
    await test.run(planOf({ first: add, second: add, end }, ['first.value -> second.a', 'second.value -> end.value']));
    const run = await test.run(
      planOf({ end, b: { use: add, ui: { at: [9, 9], title: 'Plus' } }, a: { use: add, params: { b: 2, a: 1 } } }, [
        'a.value -> b.a',
        'b.value -> end.value',
      ]),
    );
    expect(run.states).toEqual({ b: 'cached', end: 'done' });
  });

  test('runs a node anew whose parameters changed, and those after it', async () => {
    await using test = await testEngine();
    const plan = (b: number) =>
      planOf({ first: add, second: { use: add, params: { b } }, third: add, end }, [
        'first.value -> second.a',
        'second.value -> third.a',
        'third.value -> end.value',
      ]);
    await test.run(plan(5));
    expect((await test.run(plan(6))).states).toEqual({ first: 'cached', second: 'done', third: 'done', end: 'done' });
    expect((await test.run(plan(5))).states).toEqual({ third: 'cached', end: 'done' });
  });

  test('tells apart which output a wire comes from', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const two = testNode('two', {
      inputs: {},
      outputs: { x: pin.number(), y: pin.number() },
      run: () => ({ x: 1, y: 2 }),
    });
    const plan = (output: string) =>
      planOf({ two, add, end: sink((value) => seen.push(value)) }, [
        `two.${output} -> add.a`,
        'add.value -> end.value',
      ]);
    await test.run(plan('x'));
    await test.run(plan('y'));
    expect(seen).toEqual([3, 4]);
  });

  test('waits for no node that another comes `after` and whose result it has', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const slow = testNode('slow', {
      effects: 'network',
      inputs: {},
      outputs: numberPin,
      run: async () => ({ value: 5 }),
    });
    const plan = planOf(
      { add, slow, end: sink((value) => seen.push(value)), numbers: numbers(2), items: add },
      ['slow.value -> end.value', 'numbers.value -> items.a', 'slow.value -> items.b'],
      ['add -> end', 'add -> items'],
    );
    const first = await test.run(plan, { to: ['end', 'items'] });
    const second = await test.run(plan, { to: ['end', 'items'] });
    expect([first.summary.status, second.summary.status]).toEqual(['done', 'done']);
    expect(second.states.add).toBe('cached');
    expect(seen).toEqual([5, 5]);
    await test.expectNothingHeld();
  });

  test('takes results of many earlier runs at once', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const names = upTo(10).map((k) => `n${k}`);
    const nodes = Object.fromEntries(names.map((name, a) => [name, { use: add, params: { a } }]));
    const collector = testNode('collector', {
      effects: 'shows',
      inputs: Object.fromEntries(names.map((name) => [name, pin.number()])),
      outputs: {},
      run(inputs) {
        seen.push(...Object.values(inputs));
        return {};
      },
    });
    const plan = planOf(
      { ...nodes, collector },
      names.map((name) => `${name}.value -> collector.${name}`),
    );
    for (const name of names) await test.run(plan, { to: [name] });
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual(upTo(10).map((a) => a + 2));
  });
});

describe('results that are never kept', () => {
  test('of nodes with an effect, and of what follows from them', async () => {
    await using test = await testEngine();
    const ask = testNode('ask', { effects: 'network', inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
    const plan = planOf({ ask, add, end }, ['ask.value -> add.a', 'add.value -> end.value']);
    await test.run(plan);
    expect((await test.run(plan)).states).toEqual({ ask: 'done', add: 'done', end: 'done' });
  });

  test('of nodes that failed', async () => {
    await using test = await testEngine();
    let calls = 0;
    const fails = testNode('fails', {
      inputs: { value: pin.number({ default: 1 }) },
      outputs: {},
      run() {
        if (++calls === 1) throw new Error('once');
        return {};
      },
    });
    const plan = planOf({ fails });
    expect((await test.run(plan)).states).toEqual({ fails: 'failed' });
    expect((await test.run(plan)).states).toEqual({ fails: 'done' });
  });

  test('of a fold over a stream in which an item failed', async () => {
    await using test = await testEngine();
    let broken = true;
    const seen: unknown[] = [];
    const fails = { use: failsFor((value) => broken && value === 1), policy: { onError: 'skip' } } as const;
    const plan = planOf({ numbers: numbers(3), fails, gather, end: sink((list) => seen.push(list)) }, [
      'numbers.value -> fails.value',
      'fails.value -> gather.value',
      'gather.list -> end.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('degraded');
    broken = false;
    expect((await test.run(plan)).states).toMatchObject({ gather: 'done' });
    expect((await test.run(plan)).states).toMatchObject({ gather: 'cached' });
    expect(seen).toEqual([
      [0, 2],
      [0, 1, 2],
      [0, 1, 2],
    ]);
    await test.expectNothingHeld();
  });
});

describe('a branch that was not taken', () => {
  test('is not taken the second time either', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const never = testNode('never', { inputs: {}, outputs: { a: pin.number() }, run: () => SKIP });
    const plan = planOf({ never, add, end: sink((value) => seen.push(value)) }, [
      'never.a -> add.a',
      'add.value -> end.value',
    ]);
    expect((await test.run(plan)).states).toEqual({ never: 'done', add: 'skipped', end: 'skipped' });
    expect((await test.run(plan)).states).toMatchObject({ end: 'skipped' });
    expect(seen).toEqual([]);
  });
});

describe('results for items', () => {
  function counted(calls: number[]) {
    return testNode('counted', {
      inputs: { value: pin.number(), plus: pin.number({ default: 0 }) },
      outputs: { tensor: pin.tensor() },
      run({ value, plus }, ctx) {
        calls.push(value);
        const tensor = ctx.tensor('float32', [16]);
        tensor.data.fill(value + plus);
        return { tensor };
      },
    });
  }
  const wires = ['numbers.value -> counted.value', 'counted.tensor -> end.value'];

  test('are kept where the policy says so', async () => {
    await using test = await testEngine();
    const calls: number[] = [];
    const seen: number[] = [];
    const read = sink((tensor) => seen.push((tensor as Tensor<'float32'>).data[15]));
    const plan = (keep: boolean, plus = 0) =>
      planOf(
        { numbers: numbers(5), counted: { use: counted(calls), params: { plus }, policy: { keep } }, end: read },
        wires,
      );
    await test.run(plan(true));
    await test.run(plan(true));
    expect(calls).toEqual(upTo(5));
    await test.run(plan(true, 1));
    expect(calls).toHaveLength(10);
    await test.run(plan(false, 2));
    await test.run(plan(false, 2));
    expect(calls).toHaveLength(20);
    expect(seen).toEqual([0, 0, 1, 2, 2].flatMap((plus) => upTo(5).map((value) => value + plus)));
    await test.expectNothingHeld();
  });
});

describe('when memory runs short', () => {
  const MB = 2 ** 20;
  const fill = testNode('fill', {
    inputs: { value: pin.number() },
    outputs: { tensor: pin.tensor() },
    run({ value }, ctx) {
      const tensor = ctx.tensor('float32', [MB / 4]);
      tensor.data.fill(value);
      return { tensor };
    },
  });
  const plan = (value: number, seen: unknown[] = []) =>
    planOf(
      {
        fill: { use: fill, params: { value } },
        end: sink((tensor) => seen.push((tensor as Tensor<'float32'>).data[7])),
      },
      ['fill.tensor -> end.value'],
    );

  test('the results used longest ago give way, and what is left is still right', async () => {
    await using test = await testEngine({ budgetBytes: 4.5 * MB });
    for (const value of upTo(6)) expect((await test.run(plan(value))).summary.status).toBe('done');
    expect(test.engine.store.stats().arena.liveBytes).toBeLessThanOrEqual(4.5 * MB);
    const seen: unknown[] = [];
    expect((await test.run(plan(5, seen))).states.fill).toBe('cached');
    expect((await test.run(plan(0, seen))).states.fill).toBe('done');
    expect((await test.run(plan(5, seen))).states.fill).toBe('cached');
    expect(seen).toEqual([5, 0, 5]);
    await test.expectNothingHeld();
  });

  test('and nothing can give way, the node that asks fails with E_MEMORY', async () => {
    await using test = await testEngine({ budgetBytes: MB / 2 });
    const { summary } = await test.run(plan(1));
    expect(summary.error).toMatchObject({ code: 'E_MEMORY', node: 'fill' });
    await test.expectNothingHeld();
  });

  test('results off the arena count as well', async () => {
    await using test = await testEngine({ budgetBytes: 4 * MB });
    const heap = testNode('heap', {
      inputs: { value: pin.number() },
      outputs: { bytes: pin.bytes() },
      run: () => ({ bytes: new Uint8Array(MB) }),
    });
    for (const value of upTo(20)) {
      const node = { use: heap, params: { value } };
      await test.run(planOf({ node, end }, ['node.bytes -> end.value']));
    }
    expect(test.engine.store.stats().heapBytes).toBeLessThanOrEqual(5 * MB);
    await test.expectNothingHeld();
  });
});
