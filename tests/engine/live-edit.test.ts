import { describe, expect, test } from 'vitest';
import input from '../../nodes/io/input.ts';
import { type JsonValue, pin } from '../../src/shared/node-api/pins.ts';
import { counter, gather, numbers, planOf, sink, type TestEngine, testEngine, testNode, upTo } from './test-graph.ts';

const scale = testNode('scale', {
  inputs: { value: pin.number(), by: pin.number({ default: 1, min: 0, max: 100 }) },
  outputs: { value: pin.number() },
  run: ({ value, by }) => ({ value: value * by }),
});

const base = testNode('base', { inputs: {}, outputs: { value: pin.number() }, run: () => ({ value: 1 }) });

/** Runs `edit` when the item with this number arrives. */
function at(item: number, edit: () => void) {
  return sink((value) => {
    received.push(value);
    if (received.length === item + 1) edit();
  });
}
let received: unknown[] = [];

function edits(test: TestEngine): (node: string, pinName: string, value: unknown) => boolean {
  const id = test.nextRun;
  return (node, pinName, value) => test.engine.setLiteral(id, node, pinName, value);
}

const wires = ['numbers.value -> scale.value', 'scale.value -> end.value'];

describe('a literal that is changed during a run', () => {
  test('counts from the next item of a stream', async () => {
    await using test = await testEngine({ window: 1 });
    received = [];
    const edit = edits(test);
    const end = at(2, () => expect(edit('scale', 'by', 10)).toBe(true));
    expect((await test.run(planOf({ numbers: numbers(6), scale, end }, wires))).summary.status).toBe('done');
    expect(received).toEqual([0, 1, 2, 30, 40, 50]);
    await test.expectNothingHeld();
  });

  test('does not touch the plan: the next run has the old one, and finds nothing in the cache that it changed', async () => {
    await using test = await testEngine({ window: 1 });
    const plan = (edit: () => void, list: (value: unknown) => void) =>
      planOf(
        {
          numbers: numbers(4),
          scale: { use: scale, policy: { keep: true } },
          end: at(1, edit),
          gather,
          double: testNode('double', {
            inputs: { value: pin.any() },
            outputs: { value: pin.any() },
            run: (inputs) => inputs,
          }),
          list: testNode('list', {
            effects: 'shows',
            inputs: { value: pin.any() },
            outputs: {},
            run({ value }) {
              list(value);
              return {};
            },
          }),
        },
        [...wires, 'scale.value -> gather.value', 'gather.list -> double.value', 'double.value -> list.value'],
      );
    const lists: unknown[] = [];
    const edit = edits(test);
    received = [];
    await test.run(plan(() => void edit('scale', 'by', 10), lists.push.bind(lists)));
    received = [];
    const run = await test.run(
      plan(
        () => {},
        (value) => lists.push(value),
      ),
    );
    expect(lists[0]).toEqual([0, 1, 20, 30]);
    expect(lists.at(-1)).toEqual(upTo(4));
    expect(received).toEqual(upTo(4));
    expect(run.states).toMatchObject({ gather: 'done', double: 'done' });
    await test.expectNothingHeld();
  });

  test('is refused for a node that holds state, that has run, that does not take part, or that there is not', async () => {
    await using test = await testEngine();
    received = [];
    const edit = edits(test);
    const counts = counter([]);
    const answers: boolean[] = [];
    const end = at(0, () => {
      answers.push(
        edit('counter', 'value', 1),
        edit('base', 'value', 1),
        edit('idle', 'by', 1),
        edit('nobody', 'by', 1),
      );
    });
    const plan = planOf({ numbers: numbers(2), counter: counts, scale, base, end, idle: scale }, [
      'numbers.value -> counter.value',
      'counter.value -> scale.value',
      'base.value -> scale.by',
      'scale.value -> end.value',
      'base.value -> idle.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(answers).toEqual([false, false, false, false]);
  });

  test('is refused for an input that has a wire or is none, and for a value that does not fit', async () => {
    await using test = await testEngine({ window: 1 });
    received = [];
    const edit = edits(test);
    const answers: boolean[] = [];
    const end = at(0, () => {
      answers.push(
        edit('scale', 'value', 1),
        edit('scale', 'nothing', 1),
        edit('scale', 'by', 'ten'),
        edit('scale', 'by', 101),
      );
    });
    expect((await test.run(planOf({ numbers: numbers(3), scale, end }, wires))).summary.status).toBe('done');
    expect(answers).toEqual([false, false, false, false]);
    expect(received).toEqual(upTo(3));
  });

  test('is taken by a node that holds state, at a pin that it uses anew for each item', async () => {
    await using test = await testEngine({ window: 1 });
    received = [];
    const edit = edits(test);
    const sum = testNode('sum', {
      inputs: {
        value: pin.number(),
        weight: pin.number({ default: 1, perItem: true }),
        from: pin.number({ default: 0 }),
      },
      outputs: { value: pin.number() },
      open({ from = 0 }) {
        let total = from;
        return {
          process({ value, weight }) {
            total += value * weight;
            return { value: total };
          },
        };
      },
    });
    const answers: boolean[] = [];
    const end = at(2, () => answers.push(edit('sum', 'weight', 10), edit('sum', 'from', 1)));
    const plan = planOf({ numbers: numbers(5), sum, end }, ['numbers.value -> sum.value', 'sum.value -> end.value']);
    await test.run(plan);
    expect(answers).toEqual([true, false]);
    expect(received).toEqual([0, 1, 3, 33, 73]);
  });

  describe('of a graph input', () => {
    const graphInput = (type: string, value: JsonValue, name = 'by') => ({
      use: input,
      params: { name, type, default: value },
    });
    const held = [...wires, 'by.value -> scale.by'];

    test('counts from the next item where its value is used item by item', async () => {
      await using test = await testEngine({ window: 1 });
      received = [];
      const edit = edits(test);
      const plan = (change: () => void) =>
        planOf({ numbers: numbers(6), by: graphInput('number', 1), scale, end: at(2, change) }, held);
      const { summary } = await test.run(plan(() => expect(edit('by', 'default', 10)).toBe(true)));
      expect(summary.status).toBe('done');
      expect(received).toEqual([0, 1, 2, 30, 40, 50]);
      // The next run has the value that its graph says, though the input might come from the cache.
      received = [];
      await test.run(plan(() => {}));
      expect(received).toEqual(upTo(6));
      await test.expectNothingHeld();
    });

    test('is refused for a value of another type, a path, and one that a node which runs once has used', async () => {
      await using test = await testEngine({ window: 1 });
      received = [];
      const edit = edits(test);
      const answers: boolean[] = [];
      const end = at(0, () => {
        answers.push(edit('by', 'default', 'ten'), edit('by', 'name', 'x'), edit('where', 'default', '/tmp'));
        answers.push(edit('once', 'default', 2));
      });
      const plan = planOf(
        {
          numbers: numbers(3),
          by: graphInput('number', 1),
          where: graphInput('path', '/', 'where'),
          once: graphInput('number', 1, 'once'),
          alone: scale,
          gather,
          scale,
          end,
        },
        [...held, 'once.value -> alone.value', 'once.value -> alone.by', 'where.value -> gather.value'],
      );
      expect((await test.run(plan)).summary.status).toBe('done');
      expect(answers).toEqual([false, false, false, false]);
    });
  });

  test('is refused when the run has ended', async () => {
    await using test = await testEngine();
    const edit = edits(test);
    await test.run(planOf({ base }));
    expect(edit('base', 'value', 1)).toBe(false);
  });
});
