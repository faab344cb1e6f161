import { describe, expect, test } from 'vitest';
import collect from '../../nodes/flow/collect.ts';
import sample from '../../nodes/flow/sample.ts';
import window from '../../nodes/flow/window.ts';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import {
  counter,
  delayed,
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

const everyThird = { use: sample, params: { every: 3 } };

describe('a node that begins a stream', () => {
  test.each([1, 2, 4])(
    'numbers its items anew, and they are joined by these numbers (window of %i)',
    async (inFlight) => {
      await using test = await testEngine({ window: inFlight });
      const join = testNode('join', {
        inputs: { left: pin.number(), right: pin.number() },
        outputs: { pair: pin.any() },
        run: ({ left, right }) => ({ pair: [left, right] }),
      });
      const seen: unknown[] = [];
      const plan = planOf(
        {
          numbers: numbers(1000),
          before: delayed('before', 1),
          sample: everyThird,
          left: delayed('left', 2),
          right: delayed('right', 3),
          join,
          sink: sink((pair, item) => seen.push([item, pair])),
        },
        [
          'numbers.value -> before.value',
          'before.value -> sample.value',
          'sample.value -> left.value',
          'sample.value -> right.value',
          'left.value -> join.left',
          'right.value -> join.right',
          'join.pair -> sink.value',
        ],
      );
      const run = await test.run(plan);
      expect(run.summary).toMatchObject({
        status: 'done',
        streams: { numbers: { items: 1000 }, sample: { items: 334, failed: 0, dropped: 0 } },
      });
      expect(seen).toEqual(upTo(334).map((k) => [k, [3 * k, 3 * k]]));
      expect(endOf(run, 'sample')).toMatchObject({ status: 'done', items: 1000 });
      await test.expectNothingHeld();
    },
  );

  test('is collected, while the stream it comes from goes on', async () => {
    await using test = await testEngine();
    const lists: unknown[] = [];
    const each: unknown[] = [];
    const end = sink((value) => (Array.isArray(value) ? lists : each).push(value));
    const plan = planOf(
      {
        numbers: numbers(10),
        sample: everyThird,
        window: { use: window, params: { size: 2, step: 2 } },
        collect,
        list: end,
        each: end,
      },
      [
        'numbers.value -> sample.value',
        'numbers.value -> each.value',
        'sample.value -> window.value',
        'window.list -> collect.value',
        'collect.list -> list.value',
      ],
    );
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(each).toEqual(upTo(10));
    expect(lists).toEqual([
      [
        [0, 3],
        [6, 9],
      ],
    ]);
    await test.expectNothingHeld();
  });

  test('makes its source wait when its own items are slow', async () => {
    await using test = await testEngine({ window: 2 });
    let asked = 0;
    let left = 0;
    let most = 0;
    const source = testNode('source', {
      inputs: {},
      outputs: numberPin,
      *source() {
        for (const value of upTo(200)) {
          most = Math.max(most, ++asked - 2 * left);
          yield { value };
        }
      },
    });
    const slow = testNode('slow', {
      effects: 'shows',
      inputs: numberPin,
      outputs: {},
      async run() {
        for (const _ of upTo(10)) await turn();
        left++;
        return {};
      },
    });
    const plan = planOf({ source, sample: { use: sample, params: { every: 2 } }, slow }, [
      'source.value -> sample.value',
      'sample.value -> slow.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(left).toBe(100);
    // Two in flight behind the sample, each for two items, and two before it.
    expect(most).toBeLessThanOrEqual(6);
  });

  test('does not count items that were dropped or failed before', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const odd = testNode('odd', {
      inputs: numberPin,
      outputs: numberPin,
      run: (item) => (item.value % 2 === 1 ? item : SKIP),
    });
    const plan = planOf(
      {
        numbers: numbers(20),
        odd,
        fails: { use: failsFor((value) => value === 5), policy: { onError: 'skip' } },
        sample: everyThird,
        sink: sink((value, item) => seen.push([item, value])),
      },
      [
        'numbers.value -> odd.value',
        'odd.value -> fails.value',
        'fails.value -> sample.value',
        'sample.value -> sink.value',
      ],
    );
    const { summary } = await test.run(plan);
    expect(seen).toEqual([1, 9, 15].map((value, item) => [item, value]));
    expect(summary).toMatchObject({ status: 'degraded', streams: { numbers: { failed: 1 }, sample: { failed: 0 } } });
    await test.expectNothingHeld();
  });

  test('of a stream without items has none, and folds of it give the fold of nothing', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(0), sample, gather, sink: sink((list) => seen.push(list)) }, [
      'numbers.value -> sample.value',
      'sample.value -> gather.value',
      'gather.list -> sink.value',
    ]);
    expect((await test.run(plan)).summary).toMatchObject({ status: 'done', done: 4 });
    expect(seen).toEqual([[]]);
  });

  test('waits with its first item for what its nodes hold', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const add = testNode('add', {
      inputs: { a: pin.number(), b: pin.number() },
      outputs: numberPin,
      run: ({ a, b }) => ({ value: a + b }),
    });
    const late = testNode('late', {
      inputs: {},
      outputs: numberPin,
      async run() {
        for (const _ of upTo(50)) await turn();
        return { value: 100 };
      },
    });
    const plan = planOf({ numbers: numbers(9), late, sample: everyThird, add, sink: sink((sum) => seen.push(sum)) }, [
      'numbers.value -> sample.value',
      'sample.value -> add.a',
      'late.value -> add.b',
      'add.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual([100, 103, 106]);
  });

  test('fed by a single value gives a single value', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
    const plan = planOf({ one, sample, sink: sink((value, item) => seen.push([value, item])) }, [
      'one.value -> sample.value',
      'sample.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary).toMatchObject({ status: 'done', streams: {} });
    expect(seen).toEqual([[1, null]]);
  });

  test('whose items fail ends the stream it comes from too', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const plan = planOf(
      { source: endless(log), first: counter(log), sample: everyThird, fails: failsFor((value) => value === 30) },
      ['source.value -> first.value', 'first.value -> sample.value', 'sample.value -> fails.value'],
    );
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_VALUE', node: 'fails' } });
    expect(log).toContain('source cleaned up');
    expect(log).toContain('closed: error');
    await test.expectNothingHeld();
  });

  test('ends with an error when the stream it comes from does', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const source = endless([], (value) => {
      if (value === 10) throw new WeftError('E_VALUE', 'No more.');
    });
    const plan = planOf({ source, sample: everyThird, counter: counter(log) }, [
      'source.value -> sample.value',
      'sample.value -> counter.value',
    ]);
    expect((await test.run(plan)).summary).toMatchObject({ status: 'failed', error: { code: 'E_VALUE' } });
    expect(log).toEqual(['opened', 'closed: error']);
    await test.expectNothingHeld();
  });

  test.each(['items wait to enter it', 'its own items are at work'])('is cancelled while %s', async (when) => {
    await using test = await testEngine({ window: 2 });
    const log: string[] = [];
    let calls = 0;
    const held = Promise.withResolvers<void>();
    const slow = testNode('slow', {
      inputs: numberPin,
      outputs: numberPin,
      async run(inputs, ctx) {
        if (++calls === (when === 'items wait to enter it' ? 2 : 1)) held.resolve();
        await new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)));
        return inputs;
      },
    });
    const plan = planOf({ source: endless(log, () => turn()), sample: everyThird, counter: counter(log), slow }, [
      'source.value -> sample.value',
      'sample.value -> counter.value',
      'counter.value -> slow.value',
    ]);
    const id = test.nextRun;
    const run = test.run(plan);
    await held.promise;
    for (const _ of upTo(20)) await turn();
    test.engine.cancel(id);
    expect((await run).summary.status).toBe('cancelled');
    expect(log.toSorted()).toEqual(['closed: cancel', 'opened', 'source cleaned up']);
    await test.expectNothingHeld();
  });

  test('is not cached past what decided on its items', async () => {
    await using test = await testEngine();
    const plan = planOf({ numbers: numbers(9), sample: everyThird, gather }, [
      'numbers.value -> sample.value',
      'sample.value -> gather.value',
    ]);
    expect((await test.run(plan)).states.gather).toBe('done');
    expect((await test.run(plan)).states.gather).toBe('cached');
    const other = planOf({ numbers: numbers(9), sample: { use: sample, params: { every: 2 } }, gather }, [
      'numbers.value -> sample.value',
      'sample.value -> gather.value',
    ]);
    expect((await test.run(other)).states.gather).toBe('done');
  });

  test('holds no more memory the longer it runs', async () => {
    await using test = await testEngine();
    const most: number[] = [];
    const tensors = testNode('tensors', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      *source(_, ctx) {
        for (let k = 0; k < 600; k++) yield { tensor: ctx.tensor('uint8', [4096]) };
      },
    });
    const look = sink((_, item) => {
      if (item !== null && item % 50 === 20) most.push(test.engine.store.stats().arena.slabs);
    });
    const plan = planOf({ tensors, window: { use: window, params: { size: 5 } }, sample: everyThird, look }, [
      'tensors.tensor -> window.value',
      'window.list -> sample.value',
      'sample.value -> look.value',
    ]);
    expect((await test.run(plan)).summary).toMatchObject({ status: 'done' });
    expect(Math.max(...most)).toBeLessThanOrEqual(5 + 3 * 4 + 2 * 5);
    expect(most.length).toBeGreaterThan(3);
    await test.expectNothingHeld();
  });
});
