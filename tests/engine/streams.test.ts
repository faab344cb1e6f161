import { describe, expect, test } from 'vitest';
import { type CloseReason, SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { checkedOf, endOf, gather, numbers, planOf, seeded, sink, testEngine, testNode, turn } from './test-graph.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

const value = { value: pin.number() };

/** Passes numbers on after 0 to 3 turns of the event loop, so that items overtake each other. */
function delayed(name: string, seed: number) {
  const random = seeded(seed);
  return testNode(name, {
    inputs: value,
    outputs: value,
    async run(inputs) {
      for (let turns = random.below(4); turns > 0; turns--) await turn();
      return inputs;
    },
  });
}

/** Fails for the items in `bad`. */
function failsFor(bad: (value: number) => boolean) {
  return testNode('fails', {
    inputs: value,
    outputs: value,
    run(inputs) {
      if (bad(inputs.value)) throw new WeftError('E_VALUE', `No luck with ${inputs.value}.`);
      return inputs;
    },
  });
}

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
      inputs: value,
      outputs: value,
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
      outputs: value,
      *source() {
        for (const value of upTo(100)) {
          most.push(++asked - left);
          yield { value };
        }
      },
    });
    const last = testNode('last', {
      effects: 'shows',
      inputs: value,
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
    const odd = testNode('odd', { inputs: value, outputs: value, run: (item) => (item.value % 2 === 1 ? item : SKIP) });
    const add = testNode('add', {
      inputs: { a: pin.number(), b: pin.number() },
      outputs: value,
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
    const some = testNode('some', { inputs: {}, outputs: value, source: () => [{ value: 1 }, { value: 2 }] });
    const { events } = await test.run(planOf({ some, sink: sink(() => {}) }, ['some.value -> sink.value']));
    const last = events.findLast(({ event }) => event === 'stream.progress');
    expect(last).toMatchObject({ node: 'some', items: 2 });
    expect(last).not.toHaveProperty('total');
  });
});

/** A source of 0, 1, 2… without end that tells when it is cleaned up. */
function endless(log: string[], each: (value: number) => void | Promise<void> = () => {}) {
  return testNode('endless', {
    inputs: {},
    outputs: value,
    async *source() {
      try {
        for (let value = 0; ; value++) {
          await each(value);
          yield { value };
        }
      } finally {
        log.push('source cleaned up');
      }
    },
  });
}

/** Holds state, and tells when it is opened and closed. */
function counter(log: string[]) {
  return testNode('counter', {
    inputs: value,
    outputs: value,
    open() {
      log.push('opened');
      let count = 0;
      return {
        process: () => ({ value: count++ }),
        close(reason: CloseReason) {
          log.push(`closed: ${reason}`);
        },
      };
    },
  });
}

describe('when an item fails and the policy is to stop', () => {
  test('no new items enter, those in flight finish, and the run has failed', async () => {
    await using test = await testEngine({ window: 4 });
    const log: string[] = [];
    const fails = failsFor((value) => value === 10);
    const after = testNode('after', {
      inputs: value,
      outputs: value,
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
      inputs: value,
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
      inputs: value,
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
    const drop = testNode('drop', { inputs: value, outputs: value, run: () => SKIP });
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

describe('a source', () => {
  test('that throws in the middle ends its stream with an error; the items before it arrive', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const source = endless(log, (k) => {
      if (k === 3) throw new Error('the camera was pulled out');
    });
    const seen: unknown[] = [];
    const plan = planOf({ source, counter: counter(log), sink: sink((item) => seen.push(item)) }, [
      'source.value -> counter.value',
      'counter.value -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(seen).toEqual([0, 1, 2]);
    expect(run.states.source).toBe('failed');
    expect(run.summary).toMatchObject({
      status: 'failed',
      error: { code: 'E_NODE_THREW', node: 'source', causes: ['the camera was pulled out'] },
    });
    expect(log).toEqual(['opened', 'source cleaned up', 'closed: error']);
    await test.expectNothingHeld();
  });

  test('that gives a value of the wrong type is cleaned up', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const source = testNode('source', {
      inputs: {},
      outputs: value,
      *source() {
        try {
          yield { value: 1 };
          yield { value: 'two' as unknown as number };
        } finally {
          log.push('cleaned up');
        }
      },
    });
    const run = await test.run(planOf({ source, gather }, ['source.value -> gather.value']));
    expect(run.summary.error).toMatchObject({ code: 'E_NODE_OUTPUT', node: 'source', pin: 'value' });
    expect(log).toEqual(['cleaned up']);
  });

  test('whose clean-up throws when it is cut short does not hold up the run', async () => {
    await using test = await testEngine();
    const source = testNode('source', {
      inputs: {},
      outputs: value,
      *source() {
        try {
          for (let value = 0; ; value++) yield { value };
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: the case under test
          throw new Error('clean-up failed');
        }
      },
    });
    const plan = planOf({ source, fails: failsFor((k) => k === 3) }, ['source.value -> fails.value']);
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_VALUE' } });
  });

  test('gives back what it allocated and did not give out, however it ends', async () => {
    for (const end of ['returns', 'throws', 'is cut short']) {
      await using test = await testEngine();
      const source = testNode('source', {
        inputs: {},
        outputs: { tensor: pin.tensor() },
        *source(_, ctx) {
          try {
            yield { tensor: ctx.tensor('uint8', [100]) };
            ctx.tensor('uint8', [100]);
            if (end === 'throws') throw new Error('the end');
            while (end === 'is cut short') yield { tensor: ctx.tensor('uint8', [100]) };
          } finally {
            ctx.tensor('uint8', [100]);
          }
        },
      });
      const fails = testNode('fails', {
        inputs: { tensor: pin.tensor() },
        outputs: {},
        run() {
          if (end === 'is cut short') throw new Error('enough');
          return {};
        },
      });
      await test.run(planOf({ source, fails }, ['source.tensor -> fails.tensor']));
      await test.expectNothingHeld();
    }
  });

  test('that cannot be iterated fails by name', async () => {
    await using test = await testEngine();
    const source = testNode('source', { inputs: {}, outputs: value, source: () => 7 as unknown as [] });
    const run = await test.run(planOf({ source, gather }, ['source.value -> gather.value']));
    expect(run.summary.error).toMatchObject({ code: 'E_NODE_THREW', node: 'source' });
  });
});

describe('a node that holds state', () => {
  test('is opened before its first item and closed once at the end', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const plan = planOf({ numbers: numbers(3), counter: counter(log), gather }, [
      'numbers.value -> counter.value',
      'counter.value -> gather.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(log).toEqual(['opened', 'closed: end']);
  });

  test('that is fed a single value is opened, given it, and closed', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const one = testNode('one', { inputs: {}, outputs: value, run: () => ({ value: 5 }) });
    const seen: unknown[] = [];
    const plan = planOf({ one, counter: counter(log), gather, sink: sink((list) => seen.push(list)) }, [
      'one.value -> counter.value',
      'counter.value -> gather.value',
      'gather.list -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(log).toEqual(['opened', 'closed: end']);
    expect(seen).toEqual([[0]]);
  });

  test.each([true, false])(
    'that is fed a single value and throws is closed for that reason (at once: %s)',
    async (atOnce) => {
      await using test = await testEngine();
      const log: string[] = [];
      const fails = testNode('fails', {
        inputs: { value: pin.number({ default: 1 }) },
        outputs: value,
        open: () => ({
          process() {
            if (atOnce) throw new Error('no');
            return Promise.reject(new Error('no'));
          },
          close: (reason) => void log.push(reason),
        }),
      });
      expect((await test.run(planOf({ fails }))).summary.error).toMatchObject({ code: 'E_NODE_THREW', node: 'fails' });
      expect(log).toEqual(['error']);
    },
  );

  test('that is opened slowly is opened once, and sees its items in order', async () => {
    await using test = await testEngine({ window: 4 });
    const log: string[] = [];
    const slow = testNode('slow', {
      inputs: value,
      outputs: value,
      async open() {
        await turn();
        log.push('opened');
        return { process: (item) => item, close: (reason) => void log.push(reason) };
      },
    });
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(9), slow, sink: sink((item) => seen.push(item)) }, [
      'numbers.value -> slow.value',
      'slow.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual(upTo(9));
    expect(log).toEqual(['opened', 'end']);
  });

  test('that fails to close fails the run', async () => {
    await using test = await testEngine();
    const bad = testNode('bad', {
      inputs: value,
      outputs: value,
      open: () => ({
        process: (item) => item,
        close() {
          throw new Error('the disk is full');
        },
      }),
    });
    const plan = planOf({ numbers: numbers(2), bad: { use: bad, policy: { onError: 'skip' } } }, [
      'numbers.value -> bad.value',
    ]);
    const run = await test.run(plan);
    expect(run.states.bad).toBe('failed');
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_NODE_THREW', node: 'bad' } });
  });

  test('gets, when it is opened, the inputs that stay the same', async () => {
    await using test = await testEngine();
    const opened: unknown[] = [];
    const one = testNode('one', { inputs: {}, outputs: value, run: () => ({ value: 5 }) });
    const scale = testNode('scale', {
      inputs: { value: pin.number(), by: pin.number(), plus: pin.number({ default: 1 }) },
      outputs: value,
      open(inputs) {
        opened.push(inputs);
        return { process: ({ value, by, plus }) => ({ value: value * by + plus }) };
      },
    });
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(3), one, scale, sink: sink((item) => seen.push(item)) }, [
      'numbers.value -> scale.value',
      'one.value -> scale.by',
      'scale.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(opened).toEqual([{ by: 5, plus: 1 }]);
    expect(seen).toEqual([1, 6, 11]);
    await test.expectNothingHeld();
  });
});

describe('an input that is held while items pass', () => {
  const add = testNode('add', {
    inputs: { value: pin.number(), plus: pin.number({ acceptsSkipped: false }) },
    outputs: value,
    run: ({ value, plus }) => ({ value: value + plus }),
  });
  const wires = ['numbers.value -> add.value', 'give.value -> add.plus', 'add.value -> sink.value'];

  test('is waited for before the first item enters', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const give = testNode('give', {
      inputs: {},
      outputs: value,
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
      outputs: value,
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
    const give = testNode('give', { inputs: {}, outputs: value, run: () => SKIP });
    const run = await test.run(planOf({ numbers: numbers(4), give, add, sink: sink(() => {}) }, wires));
    expect(run.summary).toMatchObject({ status: 'done', skipped: 2, done: 2 });
    await test.expectNothingHeld();
  });

  test('may be what another stream was folded into', async () => {
    await using test = await testEngine();
    const total = testNode('total', {
      inputs: value,
      outputs: value,
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
    const { checked } = checkedOf({ numbers: numbers(4), gather, pass: delayed('pass', 1), both }, [
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
