import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { counter, gather, numberPin, numbers, planOf, sink, testEngine, testNode, turn, upTo } from './test-graph.ts';

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
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 5 }) });
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
        outputs: numberPin,
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
      inputs: numberPin,
      outputs: numberPin,
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
      inputs: numberPin,
      outputs: numberPin,
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
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 5 }) });
    const scale = testNode('scale', {
      inputs: { value: pin.number(), by: pin.number(), plus: pin.number({ default: 1 }) },
      outputs: numberPin,
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
