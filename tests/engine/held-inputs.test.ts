import { describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import {
  checkedOf,
  endOf,
  gather,
  numberPin,
  numbers,
  planOf,
  sink,
  testEngine,
  testNode,
  turn,
} from './test-graph.ts';

describe('an input that is held while items pass', () => {
  const add = testNode('add', {
    inputs: { value: pin.number(), plus: pin.number({ acceptsSkipped: false }) },
    outputs: numberPin,
    run: ({ value, plus }) => ({ value: value + plus }),
  });
  const wires = ['numbers.value -> add.value', 'give.value -> add.plus', 'add.value -> sink.value'];

  test('is waited for before the first item enters', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const give = testNode('give', {
      inputs: {},
      outputs: numberPin,
      async run() {
        for (let turns = 0; turns < 20; turns++) await turn();
        return { value: 100 };
      },
    });
    const plan = planOf({ numbers: numbers(4), give, add, sink: sink((item) => seen.push(item)) }, wires);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual([100, 101, 102, 103]);
    await test.expectNothingHeld();
  });

  test('and fails: the nodes that need it are skipped and name the cause', async () => {
    await using test = await testEngine();
    const give = testNode('give', {
      inputs: {},
      outputs: numberPin,
      run() {
        throw new Error('no');
      },
    });
    const plan = planOf({ numbers: numbers(4), give, add, gather, sink: sink(() => {}) }, [
      ...wires,
      'numbers.value -> gather.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('failed');
    expect(endOf(run, 'add')).toMatchObject({ status: 'skipped', reason: 'give failed.' });
    expect(endOf(run, 'sink')).toMatchObject({ status: 'skipped', reason: 'give failed.' });
    await test.expectNothingHeld();
  });

  test('and is skipped: so are the nodes that need it', async () => {
    await using test = await testEngine();
    const give = testNode('give', { inputs: {}, outputs: numberPin, run: () => SKIP });
    const run = await test.run(planOf({ numbers: numbers(4), give, add, sink: sink(() => {}) }, wires));
    expect(run.summary).toMatchObject({ status: 'done', skipped: 2, done: 2 });
    await test.expectNothingHeld();
  });

  test('may be what another stream was folded into', async () => {
    await using test = await testEngine();
    const total = testNode('total', {
      inputs: numberPin,
      outputs: numberPin,
      collect() {
        let sum = 0;
        return {
          add({ value }) {
            sum += value;
          },
          result: () => ({ value: sum }),
        };
      },
    });
    const seen: unknown[] = [];
    const count = numbers(4);
    const plan = planOf({ numbers: count, other: count, total, add, sink: sink((item) => seen.push(item)) }, [
      'numbers.value -> add.value',
      'other.value -> total.value',
      'total.value -> add.plus',
      'add.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual([6, 7, 8, 9]);
    await test.expectNothingHeld();
  });

  test('that comes from the end of the same stream is refused: it would never come', () => {
    const { checked } = checkedOf({ numbers: numbers(4), gather, both }, [
      'numbers.value -> gather.value',
      'gather.list -> both.a',
      'numbers.value -> both.b',
    ]);
    expect(checked.problems).toMatchObject([{ code: 'E_STREAM_WAIT', node: 'both' }]);
  });

  test('that comes from the end of the same stream by way of another stream is refused too', () => {
    const { checked } = checkedOf({ numbers: numbers(4), repeat, one: gather, both, two: gather }, [
      'numbers.value -> one.value',
      'one.list -> repeat.list',
      'repeat.value -> two.value',
      'two.list -> both.a',
      'numbers.value -> both.b',
    ]);
    expect(checked.problems.map(({ code }) => code)).toEqual(['E_STREAM_WAIT']);
  });

  const both = testNode('both', {
    inputs: { a: pin.any(), b: pin.number() },
    outputs: { value: pin.any() },
    run: ({ a }) => ({ value: a }),
  });
  const repeat = testNode('repeat', {
    inputs: { list: pin.any() },
    outputs: { value: pin.any() },
    *source({ list }) {
      for (const value of list as unknown[]) yield { value };
    },
  });
});
