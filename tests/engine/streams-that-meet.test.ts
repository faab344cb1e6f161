import { describe, expect, test } from 'vitest';
import latest from '../../nodes/flow/latest.ts';
import sample from '../../nodes/flow/sample.ts';
import window from '../../nodes/flow/window.ts';
import zip from '../../nodes/flow/zip.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import {
  counter,
  delayed,
  endless,
  endOf,
  failsFor,
  gather,
  numberPin,
  numbers,
  type PlacedNodes,
  planOf,
  sink,
  testEngine,
  testNode,
  turn,
  upTo,
} from './test-graph.ts';

/** Two values of one call together. */
const pair = testNode('pair', {
  inputs: { a: pin.any(), b: pin.any() },
  outputs: { pair: pin.any() },
  run: ({ a, b }) => ({ pair: [a, b] }),
});

/** The whole numbers from `first` up to `first + count`, each after a turn of the event loop. */
function slowly(name: string, first: number, count: number) {
  return testNode(name, {
    inputs: {},
    outputs: numberPin,
    async *source() {
      for (let k = 0; k < count; k++) {
        await turn();
        yield { value: first + k };
      }
    },
  });
}

interface Setting {
  readonly nodes: PlacedNodes;
  readonly wires: readonly string[];
  readonly window?: number;
}

/** Runs a graph whose `sink` takes pairs; gives them with their numbers. */
async function pairsOf({ nodes, wires, window = 4 }: Setting) {
  await using test = await testEngine({ window });
  const seen: [number | null, unknown][] = [];
  const plan = planOf({ ...nodes, sink: sink((value, item) => seen.push([item, value])) }, wires);
  const run = await test.run(plan);
  // Sources that were at work clean up when they have let go of their item.
  await turn();
  await test.expectNothingHeld();
  return { seen, run };
}

describe('zip', () => {
  const zipped = ['zip.a -> pair.a', 'zip.b -> pair.b', 'pair.pair -> sink.value'];

  test.each([1, 2, 4])(
    'joins items of the same number, however fast each stream is (window of %i)',
    async (inFlight) => {
      const { seen, run } = await pairsOf({
        nodes: { numbers: numbers(300), slow: slowly('slow', 1000, 300), delayed: delayed('delayed', 7), zip, pair },
        wires: ['numbers.value -> delayed.value', 'delayed.value -> zip.a', 'slow.value -> zip.b', ...zipped],
        window: inFlight,
      });
      expect(run.summary.status).toBe('done');
      expect(seen).toEqual(upTo(300).map((k) => [k, [k, 1000 + k]]));
    },
  );

  test('takes a third stream, and single values, which are held', async () => {
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 5 }) });
    const { seen } = await pairsOf({
      nodes: { numbers: numbers(3), slow: slowly('slow', 10, 3), one, zip, pair },
      wires: [
        'numbers.value -> zip.a',
        'one.value -> zip.b',
        'slow.value -> zip.c',
        'zip.c -> pair.a',
        'zip.b -> pair.b',
        'pair.pair -> sink.value',
      ],
    });
    expect(seen.map(([, value]) => value)).toEqual([
      [10, 5],
      [11, 5],
      [12, 5],
    ]);
  });

  test.each([
    ['first', 4, 9],
    ['second', 9, 4],
  ])('ends with the shortest, the %s', async (_, first, second) => {
    const { seen, run } = await pairsOf({
      nodes: { numbers: numbers(first), slow: slowly('slow', 0, second), zip, pair },
      wires: ['numbers.value -> zip.a', 'slow.value -> zip.b', ...zipped],
    });
    expect(run.summary.status).toBe('done');
    expect(seen).toHaveLength(4);
  });

  test.each(['a', 'b'])(
    'ends an endless stream at %s that nobody else needs when the other has ended',
    async (place) => {
      const log: string[] = [];
      const other = place === 'a' ? 'b' : 'a';
      const { seen, run } = await pairsOf({
        nodes: { endless: endless(log), counter: counter(log), numbers: numbers(5), zip, pair },
        wires: [
          'endless.value -> counter.value',
          `counter.value -> zip.${place}`,
          `numbers.value -> zip.${other}`,
          ...zipped,
        ],
      });
      expect(run.summary.status).toBe('done');
      expect(seen).toEqual(upTo(5).map((k) => [k, [k, k]]));
      expect(log.toSorted()).toEqual(['closed: end', 'opened', 'source cleaned up']);
    },
  );

  test('lets a longer stream go on where others need it', async () => {
    const shown = testNode('shown', { effects: 'shows', inputs: numberPin, outputs: {}, run: () => ({}) });
    const { seen, run } = await pairsOf({
      nodes: { numbers: numbers(20), slow: slowly('slow', 0, 5), zip, gather, shown },
      wires: [
        'numbers.value -> zip.a',
        'slow.value -> zip.b',
        'numbers.value -> gather.value',
        'gather.list -> sink.value',
        'zip.b -> shown.value',
      ],
    });
    expect(run.summary).toMatchObject({ status: 'done', streams: { numbers: { items: 20 }, slow: { items: 5 } } });
    expect(seen).toEqual([[null, upTo(20)]]);
  });

  test('leaves out a number that failed or was dropped in one stream, and no other', async () => {
    const fails = { use: failsFor((value) => value === 2), policy: { onError: 'skip' } } as const;
    const { seen, run } = await pairsOf({
      nodes: { numbers: numbers(5), slow: slowly('slow', 10, 5), fails, zip, pair },
      wires: ['numbers.value -> fails.value', 'fails.value -> zip.b', 'slow.value -> zip.a', ...zipped],
    });
    expect(run.summary.status).toBe('degraded');
    expect(seen).toEqual([0, 1, 3, 4].map((k) => [k, [10 + k, k]]));
  });

  test('gives items of its first stream, which other branches of it join', async () => {
    const { seen } = await pairsOf({
      nodes: { numbers: numbers(50), slow: slowly('slow', 100, 50), left: delayed('left', 3), zip, pair },
      wires: [
        'numbers.value -> zip.a',
        'numbers.value -> left.value',
        'slow.value -> zip.b',
        'left.value -> pair.a',
        'zip.b -> pair.b',
        'pair.pair -> sink.value',
      ],
    });
    expect(seen).toEqual(upTo(50).map((k) => [k, [k, 100 + k]]));
  });

  test.each([1, 3])('joins a sampled stream with another, and twice the same two (window of %i)', async (inFlight) => {
    const { seen, run } = await pairsOf({
      nodes: {
        numbers: numbers(60),
        sample: { use: sample, params: { every: 2 } },
        slow: slowly('slow', 100, 40),
        left: delayed('left', 1),
        right: delayed('right', 2),
        zip,
        again: zip,
        pair,
      },
      wires: [
        'numbers.value -> sample.value',
        'sample.value -> zip.a',
        'slow.value -> zip.b',
        'slow.value -> right.value',
        'zip.a -> left.value',
        'left.value -> again.a',
        'right.value -> again.b',
        'again.a -> pair.a',
        'again.b -> pair.b',
        'pair.pair -> sink.value',
      ],
      window: inFlight,
    });
    expect(run.summary.status).toBe('done');
    expect(seen).toEqual(upTo(30).map((k) => [k, [2 * k, 100 + k]]));
  });

  test('that ends for an error gives no part of a fold, which the next run would take from the cache', async () => {
    let broken = true;
    const source = testNode('source', {
      inputs: {},
      outputs: numberPin,
      *source() {
        for (const value of upTo(5)) {
          if (broken && value === 3) throw new Error('The line is dead.');
          yield { value };
        }
      },
    });
    await using test = await testEngine();
    const plan = planOf({ numbers: numbers(5), source, zip, gather }, [
      'numbers.value -> zip.a',
      'source.value -> zip.b',
      'zip.b -> gather.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('failed');
    expect(run.states).toMatchObject({ source: 'failed', gather: 'skipped' });
    broken = false;
    expect((await test.run(plan)).states.gather).toBe('done');
    await test.expectNothingHeld();
  });

  test('of a stream that fails ends the run; both are closed', async () => {
    const log: string[] = [];
    const { run } = await pairsOf({
      nodes: { numbers: numbers(100), fails: failsFor((value) => value === 7), endless: endless(log), zip, pair },
      wires: ['numbers.value -> fails.value', 'fails.value -> zip.b', 'endless.value -> zip.a', ...zipped],
    });
    expect(run.summary).toMatchObject({ status: 'failed', error: { node: 'fails' } });
    expect(log).toEqual(['source cleaned up']);
    expect(endOf(run, 'fails').status).toBe('failed');
  });
});

describe('latest', () => {
  const followed = ['latest.value -> pair.a', 'latest.other -> pair.b', 'pair.pair -> sink.value'];

  test.each([1, 2, 4, 7])(
    'gives each item what was last made from it or an earlier one, whatever takes long (window of %i)',
    async (inFlight) => {
      for (const slow of ['first', 'other', 'both']) {
        const between = (name: string, seed: number) =>
          slow === 'both' || slow === name
            ? delayed(name, seed)
            : testNode(name, { inputs: numberPin, outputs: numberPin, run: (item) => item });
        const { seen, run } = await pairsOf({
          nodes: {
            numbers: numbers(200),
            sample: { use: sample, params: { every: 5 } },
            first: between('first', 4),
            other: between('other', 5),
            latest,
            pair,
          },
          wires: [
            'numbers.value -> first.value',
            'numbers.value -> sample.value',
            'sample.value -> other.value',
            'first.value -> latest.value',
            'other.value -> latest.other',
            ...followed,
          ],
          window: inFlight,
        });
        expect(run.summary.status).toBe('done');
        expect(seen).toEqual(upTo(200).map((k) => [k, [k, k - (k % 5)]]));
      }
    },
  );

  test('leaves out what comes before there is anything, and holes do not count as newest', async () => {
    const { seen, run } = await pairsOf({
      nodes: {
        numbers: numbers(12),
        fails: { use: failsFor((value) => value === 6), policy: { onError: 'skip' } },
        window: { use: window, params: { size: 3, step: 3 } },
        latest,
        pair,
      },
      wires: [
        'numbers.value -> fails.value',
        'fails.value -> window.value',
        'numbers.value -> latest.value',
        'window.index -> latest.other',
        ...followed,
      ],
      window: 1,
    });
    expect(run.summary.status).toBe('degraded');
    expect(seen.map(([, value]) => value)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((k) => [k, k < 5 ? 2 : k < 9 ? 5 : 9]),
    );
  });

  test('joins two streams that were made from one, by their common source', async () => {
    const { seen } = await pairsOf({
      nodes: {
        numbers: numbers(30),
        twos: { use: sample, params: { every: 2 } },
        fives: { use: sample, params: { every: 5 } },
        slow: delayed('slow', 9),
        latest,
        pair,
      },
      wires: [
        'numbers.value -> twos.value',
        'numbers.value -> fives.value',
        'fives.value -> slow.value',
        'twos.value -> latest.value',
        'slow.value -> latest.other',
        ...followed,
      ],
      window: 2,
    });
    expect(seen).toEqual(upTo(15).map((k) => [k, [2 * k, 2 * k - ((2 * k) % 5)]]));
  });

  test('waits for the first of an independent stream, then never; ends with its own, and ends the other', async () => {
    const log: string[] = [];
    const { seen, run } = await pairsOf({
      nodes: { numbers: numbers(100), endless: endless(log, () => turn()), counter: counter(log), latest, pair },
      wires: [
        'numbers.value -> latest.value',
        'endless.value -> counter.value',
        'counter.value -> latest.other',
        ...followed,
      ],
    });
    expect(run.summary.status).toBe('done');
    expect(seen.map(([item]) => item)).toEqual(upTo(100));
    const others = seen.map(([, value]) => (value as [number, number])[1]);
    expect(others).toEqual(others.toSorted((a, b) => a - b));
    expect(log.toSorted()).toEqual(['closed: end', 'opened', 'source cleaned up']);
  });

  test('goes on with the last of a stream that has ended, and gives nothing where there never was any', async () => {
    for (const [count, expected] of [
      [3, 30],
      [0, 0],
    ]) {
      const { seen, run } = await pairsOf({
        nodes: { slow: slowly('slow', 0, 30), numbers: numbers(count), latest, pair },
        wires: ['slow.value -> latest.value', 'numbers.value -> latest.other', ...followed],
      });
      expect(run.summary.status).toBe('done');
      expect(seen).toHaveLength(expected);
    }
  });

  test('is not cached where it depends on the moment, and is where it does not', async () => {
    await using test = await testEngine();
    const wires = ['numbers.value -> latest.value', 'latest.other -> gather.value'];
    const independent = planOf({ numbers: numbers(5), slow: slowly('slow', 0, 2), latest, gather }, [
      ...wires,
      'slow.value -> latest.other',
    ]);
    const dependent = planOf({ numbers: numbers(5), sample, latest, gather }, [
      ...wires,
      'numbers.value -> sample.value',
      'sample.value -> latest.other',
    ]);
    for (const [plan, again] of [
      [independent, 'done'],
      [dependent, 'cached'],
    ] as const) {
      expect((await test.run(plan)).states.gather).toBe('done');
      expect((await test.run(plan)).states.gather).toBe(again);
    }
  });

  test('holds no more memory the longer it runs', async () => {
    await using test = await testEngine();
    const most: number[] = [];
    const tensors = testNode('tensors', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      *source(_, ctx) {
        for (let k = 0; k < 500; k++) yield { tensor: ctx.tensor('uint8', [4096]) };
      },
    });
    const end = sink((_, item) => {
      if (item !== null && item % 50 === 49) most.push(test.engine.store.stats().arena.slabs);
    });
    const plan = planOf({ tensors, sample: { use: sample, params: { every: 7 } }, latest, pair, sink: end }, [
      'tensors.tensor -> latest.value',
      'tensors.tensor -> sample.value',
      'sample.value -> latest.other',
      ...followed,
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(most).toHaveLength(10);
    expect(Math.max(...most)).toBeLessThanOrEqual(4 + 4 + 2);
    await test.expectNothingHeld();
  });
});

describe('streams that meet', () => {
  test('may be live: what could not enter is counted, and nothing else is lost', async () => {
    await using test = await testEngine();
    let given = 0;
    const live = {
      ...testNode('live', {
        inputs: {},
        outputs: numberPin,
        async *source() {
          for (; given < 300; given++) {
            await turn();
            yield { value: given };
          }
        },
      }),
      live: true as const,
    };
    const seen: [number, number][] = [];
    const end = sink((value) => seen.push(value as [number, number]));
    const nodes = { live, sample: { use: sample, params: { every: 3 } }, slow: delayed('slow', 8), latest, pair, end };
    const plan = planOf(nodes, [
      'live.value -> sample.value',
      'sample.value -> slow.value',
      'live.value -> latest.value',
      'slow.value -> latest.other',
      'latest.value -> pair.a',
      'latest.other -> pair.b',
      'pair.pair -> end.value',
    ]);
    const { summary } = await test.run(plan);
    expect(summary.status).toBe('done');
    const { items, dropped } = summary.streams.live;
    expect(items + dropped).toBe(300);
    expect(seen).toHaveLength(items);
    // Every third that entered is the newest for itself and the two after it.
    for (const [k, [, newest]] of seen.entries()) expect(newest).toBe(seen[k - (k % 3)][0]);
    await test.expectNothingHeld();
  });

  test.each([zip, latest])('are all closed on cancel (%#)', async (joins) => {
    await using test = await testEngine();
    const log: string[] = [];
    const [first, second] = Object.keys(joins.inputs);
    const plan = planOf(
      {
        endless: endless(log, () => turn()),
        numbers: slowly('slow', 0, Number.POSITIVE_INFINITY),
        counter: counter(log),
        joins,
        sink: sink(() => {}),
      },
      [
        'endless.value -> counter.value',
        `counter.value -> joins.${first}`,
        `numbers.value -> joins.${second}`,
        `joins.${second} -> sink.value`,
      ],
    );
    const id = test.nextRun;
    const run = test.run(plan);
    for (const _ of upTo(200)) await turn();
    test.engine.cancel(id);
    expect((await run).summary.status).toBe('cancelled');
    await turn();
    expect(log.toSorted()).toEqual(['closed: cancel', 'opened', 'source cleaned up']);
    await test.expectNothingHeld();
  });
});
