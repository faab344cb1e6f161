import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { checkedOf, numbers, planOf, testEngine, testNode, turn, upTo } from './test-graph.ts';

describe('an order without data', () => {
  function step(name: string, log: string[]) {
    return testNode(name, {
      effects: 'shows',
      inputs: { value: pin.any({ optional: true }) },
      outputs: {},
      async run(_, { item }) {
        await turn();
        log.push(item === null ? name : `${name} ${item}`);
        return {};
      },
    });
  }

  test('between two nodes that run once', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const plan = planOf({ first: step('first', log), second: step('second', log) }, [], ['second -> first']);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(log).toEqual(['second', 'first']);
  });

  test('holds within a stream item by item', async () => {
    await using test = await testEngine({ window: 2 });
    const log: string[] = [];
    const plan = planOf(
      { numbers: numbers(3), a: step('a', log), b: step('b', log) },
      ['numbers.value -> a.value', 'numbers.value -> b.value'],
      ['b -> a'],
    );
    expect((await test.run(plan)).summary.status).toBe('done');
    for (const item of upTo(3)) expect(log.indexOf(`b ${item}`)).toBeLessThan(log.indexOf(`a ${item}`));
    expect(log).toHaveLength(6);
  });

  test('makes a stream wait for a node that runs once, and such a node for the end of a stream', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const plan = planOf(
      { numbers: numbers(2), before: step('before', log), item: step('item', log), behind: step('behind', log) },
      ['numbers.value -> item.value'],
      ['before -> item', 'item -> behind'],
    );
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(log).toEqual(['before', 'item 0', 'item 1', 'behind']);
  });

  test('makes one stream wait for the end of another', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const count = numbers(2);
    const plan = planOf(
      { one: count, two: count, a: step('a', log), b: step('b', log) },
      ['one.value -> a.value', 'two.value -> b.value'],
      ['b -> a'],
    );
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(log).toEqual(['b 0', 'b 1', 'a 0', 'a 1']);
  });

  test('holds although the node before fails', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const fails = testNode('fails', {
      effects: 'network',
      inputs: {},
      outputs: {},
      run() {
        log.push('fails');
        throw new Error('no');
      },
    });
    const plan = planOf({ next: step('next', log), fails }, [], ['fails -> next']);
    expect((await test.run(plan)).states).toEqual({ fails: 'failed', next: 'done' });
    expect(log).toEqual(['fails', 'next']);
  });

  test('of a node in a stream after its own source is refused', () => {
    const { checked } = checkedOf(
      { numbers: numbers(2), item: step('item', []) },
      ['numbers.value -> item.value'],
      ['numbers -> item'],
    );
    expect(checked.problems).toMatchObject([{ code: 'E_STREAM_WAIT' }]);
  });
});
