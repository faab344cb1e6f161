import { describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import {
  counter,
  endless,
  endOf,
  failsFor,
  gather,
  numberPin,
  numbers,
  planOf,
  sink,
  testEngine,
  testNode,
  turn,
  upTo,
} from './test-graph.ts';

describe('when an item fails and the policy is to stop', () => {
  test('no new items enter, those in flight finish, and the run has failed', async () => {
    await using test = await testEngine({ window: 4 });
    const log: string[] = [];
    const fails = failsFor((value) => value === 10);
    const after = testNode('after', {
      inputs: numberPin,
      outputs: numberPin,
      async run(inputs) {
        for (let turns = 0; turns < 5; turns++) await turn();
        return inputs;
      },
    });
    const seen: unknown[] = [];
    const plan = planOf(
      { endless: endless(log), counter: counter(log), fails, after, sink: sink((item) => seen.push(item)) },
      [
        'endless.value -> counter.value',
        'counter.value -> fails.value',
        'fails.value -> after.value',
        'after.value -> sink.value',
      ],
    );
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_VALUE', node: 'fails' } });
    expect(seen).toEqual(upTo(seen.length + 1).filter((k) => k !== 10));
    expect(seen.length).toBeGreaterThanOrEqual(10);
    expect(run.summary.streams.endless.items).toBeLessThanOrEqual(14);
    expect(run.states).toMatchObject({ fails: 'failed' });
    expect(endOf(run, 'fails')).toMatchObject({ failedItems: 1, error: { code: 'E_VALUE' } });
    expect(log.sort()).toEqual(['closed: error', 'opened', 'source cleaned up']);
    await test.expectNothingHeld();
  });

  test('a fold over the stream gives nothing, and its dependants are skipped', async () => {
    await using test = await testEngine();
    const plan = planOf({ numbers: numbers(5), fails: failsFor((k) => k === 2), gather, sink: sink(() => {}) }, [
      'numbers.value -> fails.value',
      'fails.value -> gather.value',
      'gather.list -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(run.states).toMatchObject({ fails: 'failed', gather: 'skipped', sink: 'skipped' });
    await test.expectNothingHeld();
  });

  test('another stream goes on to its end', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const letters = testNode('letters', {
      inputs: {},
      outputs: { value: pin.string() },
      source: function* () {
        for (const letter of 'abcdefgh') yield { value: letter };
      },
    });
    const plan = planOf(
      { numbers: numbers(5), fails: failsFor((k) => k === 2), letters, gather, sink: sink((list) => seen.push(list)) },
      ['numbers.value -> fails.value', 'letters.value -> gather.value', 'gather.list -> sink.value'],
    );
    const everything = { to: ['fails', 'sink'] };
    expect((await test.run(plan, everything)).summary.status).toBe('failed');
    expect(seen).toEqual([[...'abcdefgh']]);
    await test.expectNothingHeld();
  });
});

describe('when an item fails and the policy is to skip it', () => {
  const skip = { onError: 'skip' } as const;

  test('it is counted, its dependants leave it out, and the run ends degraded', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const plan = planOf(
      {
        numbers: numbers(20),
        fails: { use: failsFor((k) => k % 5 === 0), policy: skip },
        gather,
        sink: sink((list) => seen.push(list)),
      },
      ['numbers.value -> fails.value', 'fails.value -> gather.value', 'gather.list -> sink.value'],
    );
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'degraded', done: 4, failed: 0 });
    expect(run.summary.streams.numbers).toMatchObject({ items: 20, failed: 4 });
    expect(endOf(run, 'fails')).toMatchObject({ status: 'done', items: 16, failedItems: 4 });
    expect(run.events.filter(({ event }) => event === 'item.failed')).toMatchObject(
      [0, 5, 10, 15].map((item) => ({ node: 'fails', item, error: { code: 'E_VALUE' } })),
    );
    expect(seen).toEqual([upTo(20).filter((k) => k % 5 !== 0)]);
    await test.expectNothingHeld();
  });

  test('a fold that fails for an item gives what it has come to without it', async () => {
    await using test = await testEngine();
    const sum = testNode('sum', {
      inputs: numberPin,
      outputs: { sum: pin.number() },
      collect() {
        let sum = 0;
        return {
          add({ value }) {
            if (value === 3) throw new Error('three');
            sum += value;
          },
          result: () => ({ sum }),
        };
      },
    });
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(5), sum: { use: sum, policy: skip }, sink: sink((sum) => seen.push(sum)) }, [
      'numbers.value -> sum.value',
      'sum.sum -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('degraded');
    expect(seen).toEqual([7]);
    expect(endOf(run, 'sum')).toMatchObject({ status: 'done', items: 4, failedItems: 1 });
    await test.expectNothingHeld();
  });

  test('a fold that fails for an item, and is not to skip it, fails the run', async () => {
    await using test = await testEngine();
    const sum = testNode('sum', {
      inputs: numberPin,
      outputs: { sum: pin.number() },
      collect: () => ({
        add() {
          throw new Error('no');
        },
        result: () => ({ sum: 0 }),
      }),
    });
    const plan = planOf({ numbers: numbers(5), sum, sink: sink(() => {}) }, [
      'numbers.value -> sum.value',
      'sum.sum -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(run.states).toMatchObject({ sum: 'failed', sink: 'skipped' });
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_NODE_THREW', node: 'sum' } });
  });

  test('an item that fails at one node and is dropped at another fails once', async () => {
    await using test = await testEngine();
    const drop = testNode('drop', { inputs: numberPin, outputs: numberPin, run: () => SKIP });
    const plan = planOf({ numbers: numbers(3), fails: { use: failsFor(() => true), policy: skip }, drop, gather }, [
      'numbers.value -> fails.value',
      'fails.value -> drop.value',
      'drop.value -> gather.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'degraded', streams: { numbers: { items: 3, failed: 3 } } });
    expect(endOf(run, 'drop')).toMatchObject({ status: 'skipped', reason: 'fails failed.' });
    expect(run.states).toMatchObject({ fails: 'done', gather: 'done' });
  });
});
