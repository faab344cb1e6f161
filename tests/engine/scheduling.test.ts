import { describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { endOf, numberPin, type PlacedNodes, planOf, sink, testEngine, testNode, turn, upTo } from './test-graph.ts';

const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
const add = testNode('add', { inputs: numberPin, outputs: numberPin, run: ({ value }) => ({ value: value + 1 }) });

/** Nodes `n0`, `n1`…, each wired to the one before. */
function chain(length: number): { nodes: PlacedNodes; wires: string[] } {
  const nodes = Object.fromEntries(upTo(length).map((k) => [`n${k}`, k === 0 ? one : add]));
  return { nodes, wires: upTo(length - 1).map((k) => `n${k}.value -> n${k + 1}.value`) };
}

describe('graphs of any form run', () => {
  test('a chain of 100,000 nodes', async () => {
    await using test = await testEngine();
    const { nodes, wires } = chain(100_000);
    const seen: unknown[] = [];
    const plan = planOf({ ...nodes, sink: sink((value) => seen.push(value)) }, [
      ...wires,
      'n99999.value -> sink.value',
    ]);
    const { summary } = await test.run(plan);
    expect(summary).toMatchObject({ status: 'done', done: 100_001 });
    expect(seen).toEqual([100_000]);
    await test.expectNothingHeld();
  });

  test('a fan from one node to 1000 and back to one', async () => {
    await using test = await testEngine();
    const names = upTo(1000).map((k) => `n${k}`);
    const sum = testNode('sum', {
      inputs: Object.fromEntries(names.map((name) => [name, pin.number()])),
      outputs: numberPin,
      run: (inputs) => ({ value: Object.values(inputs).reduce((sum, value) => sum + value, 0) }),
    });
    const seen: unknown[] = [];
    const plan = planOf(
      { one, ...Object.fromEntries(names.map((name) => [name, add])), sum, sink: sink((value) => seen.push(value)) },
      [
        ...names.flatMap((name) => [`one.value -> ${name}.value`, `${name}.value -> sum.${name}`]),
        'sum.value -> sink.value',
      ],
    );
    expect((await test.run(plan)).summary).toMatchObject({ status: 'done', done: 1003 });
    expect(seen).toEqual([2000]);
    await test.expectNothingHeld();
  });

  test('none at all', async () => {
    await using test = await testEngine();
    expect((await test.run(planOf({}))).summary).toMatchObject({ status: 'done', done: 0 });
  });
});

describe('a node starts as soon as its inputs are there and a place is free', () => {
  /** Waits for the test to let it go. */
  function gated(log: string[], gates: Map<string, () => void>) {
    return testNode('gated', {
      effects: 'network',
      inputs: { name: pin.string(), after: pin.any({ optional: true }) },
      outputs: { done: pin.any() },
      async run({ name }) {
        log.push(`${name} starts`);
        await new Promise<void>((resolve) => gates.set(name, resolve));
        log.push(`${name} ends`);
        return { done: name };
      },
    });
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await turn();
  }

  test('without waiting for others that started together with those before it', async () => {
    await using test = await testEngine({ maxParallel: 4 });
    const log: string[] = [];
    const gates = new Map<string, () => void>();
    const use = gated(log, gates);
    const named = (name: string) => ({ use, params: { name } });
    const plan = planOf({ a: named('a'), b: named('b'), c: named('c') }, ['a.done -> b.after']);
    const running = test.run(plan);
    await until(() => gates.has('a') && gates.has('c'));
    gates.get('a')?.();
    await until(() => gates.has('b'));
    expect(log).toEqual(['a starts', 'c starts', 'a ends', 'b starts']);
    gates.get('b')?.();
    gates.get('c')?.();
    expect((await running).summary.status).toBe('done');
  });

  test('the fifth of five when one of the four that are allowed at a time has ended', async () => {
    await using test = await testEngine({ maxParallel: 4 });
    const log: string[] = [];
    const gates = new Map<string, () => void>();
    const use = gated(log, gates);
    const plan = planOf(Object.fromEntries([...'abcde'].map((name) => [name, { use, params: { name } }])));
    const running = test.run(plan);
    await until(() => gates.size === 4);
    await turn();
    expect(log).toEqual([...'abcd'].map((name) => `${name} starts`));
    gates.get('c')?.();
    await until(() => gates.has('e'));
    expect(log.slice(4)).toEqual(['c ends', 'e starts']);
    for (const open of gates.values()) open();
    expect((await running).summary.status).toBe('done');
  });
});

test('the event loop turns while nodes that return at once run one after the other', async () => {
  await using test = await testEngine({ checkInputs: false });
  const busy = testNode('busy', {
    inputs: { value: pin.number({ default: 0 }) },
    outputs: numberPin,
    run({ value }) {
      for (const end = performance.now() + 2; performance.now() < end; );
      return { value };
    },
  });
  const ids = upTo(30).map((k) => `busy${k}`);
  const wires = ids.slice(1).map((id, k) => `${ids[k]}.value -> ${id}.value`);
  const plan = planOf(Object.fromEntries(ids.map((id) => [id, busy])), wires);
  let ended = false;
  let turns = 0;
  const running = test.run(plan).finally(() => {
    ended = true;
  });
  while (!ended) {
    await turn();
    turns++;
  }
  expect((await running).summary.status).toBe('done');
  expect(turns).toBeGreaterThan(3);
});

test('runs at the same time do not disturb each other', async () => {
  await using test = await testEngine();
  const make = testNode('make', {
    inputs: { value: pin.number() },
    outputs: { tensor: pin.tensor() },
    async run({ value }, ctx) {
      const tensor = ctx.tensor('float32', [100]);
      await turn();
      tensor.data.fill(value);
      return { tensor };
    },
  });
  const read = testNode('read', {
    inputs: { tensor: pin.tensor({ dtype: 'float32' }) },
    outputs: { value: pin.number() },
    async run({ tensor }) {
      await turn();
      return { value: tensor.data[99] };
    },
  });
  const seen: unknown[] = [];
  const end = sink((value) => seen.push(value));
  const plans = [1, 2, 1, 3].map((value) =>
    planOf({ make: { use: make, params: { value } }, read, end }, [
      'make.tensor -> read.tensor',
      'read.value -> end.value',
    ]),
  );
  const runs = await Promise.all(plans.map((plan) => test.run(plan)));
  expect(runs.map(({ summary }) => summary.status)).toEqual(['done', 'done', 'done', 'done']);
  expect(seen.sort()).toEqual([1, 1, 2, 3]);
  await test.expectNothingHeld();
});

test('a node that nobody needs does not run', async () => {
  await using test = await testEngine();
  const run = await test.run(
    planOf({ one, idle: add, sink: sink(() => {}) }, ['one.value -> sink.value', 'one.value -> idle.value']),
  );
  expect(run.states).toEqual({ one: 'done', sink: 'done' });
});

describe('a branch that is not taken', () => {
  const branch = testNode('branch', {
    inputs: {},
    outputs: { yes: pin.number(), no: pin.number() },
    run: () => ({ yes: 1, no: SKIP }),
  });

  test('is skipped to its end, or to a node that takes what is there', async () => {
    await using test = await testEngine();
    const merge = testNode('merge', {
      inputs: {
        a: pin.number({ optional: true, acceptsSkipped: true }),
        b: pin.number({ optional: true, acceptsSkipped: true }),
      },
      outputs: { value: pin.any() },
      run: ({ a, b }) => ({ value: [a, b] }),
    });
    const seen: unknown[] = [];
    const plan = planOf({ branch, yes: add, no: add, merge, sink: sink((value) => seen.push(value)) }, [
      'branch.yes -> yes.value',
      'branch.no -> no.value',
      'yes.value -> merge.a',
      'no.value -> merge.b',
      'merge.value -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(run.states).toEqual({ branch: 'done', yes: 'done', no: 'skipped', merge: 'done', sink: 'done' });
    expect(endOf(run, 'no').reason).toBe('The branch it is on was not taken.');
    expect(run.summary).toMatchObject({ status: 'done', skipped: 1 });
    expect(seen).toEqual([[2, undefined]]);
  });
});

describe('a run to a node', () => {
  test('runs it and what it needs, and gives its outputs', async () => {
    await using test = await testEngine();
    const plan = planOf({ one, add, sink: sink(() => {}) }, ['one.value -> add.value', 'add.value -> sink.value']);
    for (const states of [{ one: 'done', add: 'done' }, { add: 'cached' }]) {
      const run = await test.run(plan, { to: ['add'] });
      expect(run.states).toEqual(states);
      expect(run.events).toContainEqual({ event: 'output', name: 'add.value', value: 2 });
    }
    await test.expectNothingHeld();
  });

  test('gives the outputs of a node with an effect, whose value nobody else needs', async () => {
    await using test = await testEngine();
    const ask = testNode('ask', { effects: 'network', inputs: {}, outputs: numberPin, run: () => ({ value: 5 }) });
    const run = await test.run(planOf({ ask }), { to: ['ask'] });
    expect(run.events).toContainEqual({ event: 'output', name: 'ask.value', value: 5 });
  });

  test('gives each item of one that runs over a stream, and of the source itself', async () => {
    await using test = await testEngine();
    const letters = testNode('letters', {
      inputs: {},
      outputs: { value: pin.string() },
      source: () => [{ value: 'a' }, { value: 'b' }],
    });
    const double = testNode('double', {
      inputs: { value: pin.string() },
      outputs: { value: pin.string() },
      run: ({ value }) => ({ value: value + value }),
    });
    const run = await test.run(planOf({ letters, double }, ['letters.value -> double.value']), {
      to: ['letters', 'double'],
    });
    const outputs = run.events.filter(({ event }) => event === 'output');
    expect(outputs).toHaveLength(4);
    expect(outputs).toEqual(
      expect.arrayContaining([
        { event: 'output', name: 'letters.value', item: 0, value: 'a' },
        { event: 'output', name: 'letters.value', item: 1, value: 'b' },
        { event: 'output', name: 'double.value', item: 0, value: 'aa' },
        { event: 'output', name: 'double.value', item: 1, value: 'bb' },
      ]),
    );
  });
});
