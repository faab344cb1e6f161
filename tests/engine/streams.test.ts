import { describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import {
  delayed,
  endOf,
  gather,
  numberPin,
  numbers,
  planOf,
  seeded,
  sink,
  testEngine,
  testNode,
  turn,
  upTo,
} from './test-graph.ts';

describe('items of one source', () => {
  test('never mix where two branches meet again, over 10,000 items that overtake each other', async () => {
    await using test = await testEngine({ window: 8 });
    const join = testNode('join', {
      inputs: { left: pin.number(), right: pin.number() },
      outputs: { pair: pin.any() },
      run: ({ left, right }) => ({ pair: [left, right] }),
    });
    const pairs: unknown[] = [];
    const plan = planOf(
      {
        numbers: numbers(10_000),
        left: delayed('left', 1),
        right: delayed('right', 2),
        again: delayed('again', 3),
        join,
        sink: sink((pair) => pairs.push(pair)),
      },
      [
        'numbers.value -> left.value',
        'numbers.value -> right.value',
        'right.value -> again.value',
        'left.value -> join.left',
        'again.value -> join.right',
        'join.pair -> sink.value',
      ],
    );
    const { summary } = await test.run(plan);
    expect(summary).toMatchObject({ status: 'done', streams: { numbers: { items: 10_000, failed: 0, dropped: 0 } } });
    expect(pairs).toEqual(upTo(10_000).map((k) => [k, k]));
    await test.expectNothingHeld();
  });

  test('reach a node that holds state one at a time and in order', async () => {
    await using test = await testEngine({ window: 8 });
    let inside = 0;
    const seen: number[] = [];
    const random = seeded(5);
    const ordered = testNode('ordered', {
      inputs: numberPin,
      outputs: numberPin,
      open: () => ({
        async process(inputs) {
          expect(++inside).toBe(1);
          for (let turns = random.below(3); turns > 0; turns--) await turn();
          seen.push(inputs.value);
          inside--;
          return inputs;
        },
      }),
    });
    const plan = planOf({ numbers: numbers(500), delayed: delayed('delayed', 4), ordered, gather }, [
      'numbers.value -> delayed.value',
      'delayed.value -> ordered.value',
      'ordered.value -> gather.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual(upTo(500));
  });

  test('are in flight up to the size of the window, and no more', async () => {
    await using test = await testEngine({ window: 3 });
    let asked = 0;
    let left = 0;
    const most: number[] = [];
    const source = testNode('source', {
      inputs: {},
      outputs: numberPin,
      *source() {
        for (const value of upTo(100)) {
          most.push(++asked - left);
          yield { value };
        }
      },
    });
    const last = testNode('last', {
      effects: 'shows',
      inputs: numberPin,
      outputs: {},
      async run() {
        await turn();
        left++;
        return {};
      },
    });
    const plan = planOf({ source, delayed: delayed('delayed', 6), last }, [
      'source.value -> delayed.value',
      'delayed.value -> last.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(Math.max(...most)).toBe(3);
  });

  test('that a node drops go no further, on any branch that needs them', async () => {
    await using test = await testEngine();
    const odd = testNode('odd', {
      inputs: numberPin,
      outputs: numberPin,
      run: (item) => (item.value % 2 === 1 ? item : SKIP),
    });
    const add = testNode('add', {
      inputs: { a: pin.number(), b: pin.number() },
      outputs: numberPin,
      run: ({ a, b }) => ({ value: a + b }),
    });
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(10), odd, add, sink: sink((sum, item) => seen.push([item, sum])) }, [
      'numbers.value -> odd.value',
      'numbers.value -> add.a',
      'odd.value -> add.b',
      'add.value -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(seen).toEqual([1, 3, 5, 7, 9].map((k) => [k, 2 * k]));
    expect(run.summary).toMatchObject({ status: 'done', streams: { numbers: { items: 10, failed: 0 } } });
    expect(endOf(run, 'add')).toMatchObject({ status: 'done', items: 5 });
    await test.expectNothingHeld();
  });

  test('of two sources in one graph have nothing to do with each other', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const letters = testNode('letters', {
      inputs: {},
      outputs: { value: pin.string() },
      async *source() {
        for (const letter of 'abc') {
          await turn();
          yield { value: letter };
        }
      },
    });
    const end = sink((list) => seen.push(list));
    const plan = planOf({ numbers: numbers(1000), letters, first: gather, second: gather, a: end, b: end }, [
      'numbers.value -> first.value',
      'letters.value -> second.value',
      'first.list -> a.value',
      'second.list -> b.value',
    ]);
    const { summary } = await test.run(plan);
    expect(summary).toMatchObject({ status: 'done', streams: { numbers: { items: 1000 }, letters: { items: 3 } } });
    expect(seen).toContainEqual(upTo(1000));
    expect(seen).toContainEqual(['a', 'b', 'c']);
    await test.expectNothingHeld();
  });
});

describe('a stream without items', () => {
  test('ends, and a fold over it gives the fold of nothing', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(0), gather, sink: sink((list) => seen.push(list)) }, [
      'numbers.value -> gather.value',
      'gather.list -> sink.value',
    ]);
    const { summary } = await test.run(plan);
    expect(summary).toMatchObject({ status: 'done', done: 3, streams: { numbers: { items: 0 } } });
    expect(seen).toEqual([[]]);
    await test.expectNothingHeld();
  });
});

describe('progress of a stream', () => {
  test('tells how many items there will be when the source knows', async () => {
    await using test = await testEngine();
    const { events } = await test.run(
      planOf({ numbers: numbers(7), sink: sink(() => {}) }, ['numbers.value -> sink.value']),
    );
    const last = events.findLast(({ event }) => event === 'stream.progress');
    expect(last).toMatchObject({ node: 'numbers', items: 7, total: 7, failed: 0, dropped: 0 });
  });

  test('leaves the total out when it does not', async () => {
    await using test = await testEngine();
    const some = testNode('some', { inputs: {}, outputs: numberPin, source: () => [{ value: 1 }, { value: 2 }] });
    const { events } = await test.run(planOf({ some, sink: sink(() => {}) }, ['some.value -> sink.value']));
    const last = events.findLast(({ event }) => event === 'stream.progress');
    expect(last).toMatchObject({ node: 'some', items: 2 });
    expect(last).not.toHaveProperty('total');
  });
});
