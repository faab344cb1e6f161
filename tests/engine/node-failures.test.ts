import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { endOf, numberPin, planOf, sink, testEngine, testNode, turn } from './test-graph.ts';

const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
const add = testNode('add', { inputs: numberPin, outputs: numberPin, run: ({ value }) => ({ value: value + 1 }) });

describe('a node that fails', () => {
  const fails = testNode('fails', {
    inputs: { value: pin.number({ default: 0 }) },
    outputs: numberPin,
    run() {
      throw new Error('first line\nsecond line', { cause: new Error('the reason') });
    },
  });

  test('takes its dependants with it, which name it; independent branches finish', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const end = sink((value) => seen.push(value));
    const plan = planOf({ one, good: add, end, fails, near: add, far: end }, [
      'one.value -> good.value',
      'good.value -> end.value',
      'one.value -> fails.value',
      'fails.value -> near.value',
      'near.value -> far.value',
    ]);
    const run = await test.run(plan);
    expect(run.states).toEqual({
      one: 'done',
      good: 'done',
      end: 'done',
      fails: 'failed',
      near: 'skipped',
      far: 'skipped',
    });
    expect(endOf(run, 'near').reason).toBe('fails failed.');
    expect(endOf(run, 'far').reason).toBe('fails failed.');
    expect(run.summary).toMatchObject({ status: 'failed', done: 3, failed: 1, skipped: 2 });
    expect(seen).toEqual([2]);
    await test.expectNothingHeld();
  });

  test('keeps the causes, and is told in one line', async () => {
    await using test = await testEngine();
    const { summary } = await test.run(planOf({ fails }));
    expect(summary.error).toEqual({
      code: 'E_NODE_THREW',
      message: 'fails failed: first line',
      node: 'fails',
      causes: ['first line\nsecond line', 'the reason'],
    });
  });

  const thrown: Readonly<Record<string, unknown>> = {
    'a text': 'no luck',
    undefined: undefined,
    'a symbol': Symbol('no luck'),
    'an object without a prototype': Object.create(null),
    'an object that cannot be made a text': {
      toString() {
        throw new Error('never');
      },
    },
    'an error whose message is no text': Object.assign(new Error(), { message: 42 }),
  };
  test.each(Object.entries(thrown))('may throw %s', async (_, value) => {
    await using test = await testEngine();
    const throws = testNode('throws', {
      inputs: {},
      outputs: numberPin,
      run() {
        throw value;
      },
    });
    const { summary } = await test.run(planOf({ throws }));
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_NODE_THREW', node: 'throws' } });
  });

  const wrong: Readonly<Record<string, [result: unknown, pin: string | undefined]>> = {
    nothing: [undefined, undefined],
    'a number in place of the outputs': [7, undefined],
    'no value for an output': [{ other: 1 }, 'value'],
    'a value of the wrong type': [{ value: 'seven' }, 'value'],
  };
  test.each(Object.entries(wrong))('for it gives %s', async (_, [result, pinName]) => {
    await using test = await testEngine();
    const gives = testNode('gives', {
      inputs: {},
      outputs: numberPin,
      run: () => result as { value: number },
    });
    const { summary } = await test.run(planOf({ gives, sink: sink(() => {}) }, ['gives.value -> sink.value']));
    expect(summary).toMatchObject({
      status: 'failed',
      failed: 1,
      skipped: 1,
      error: { code: 'E_NODE_OUTPUT', node: 'gives' },
    });
    expect(summary.error?.pin).toBe(pinName);
  });

  test('for it gives a value whose memory was given back, holds nothing of its other outputs', async () => {
    await using test = await testEngine();
    const stolen: unknown[] = [];
    const first = testNode('first', {
      inputs: {},
      outputs: { done: pin.boolean() },
      run(_, ctx) {
        stolen.push(ctx.tensor('uint8', [64]));
        return { done: true };
      },
    });
    const second = testNode('second', {
      inputs: { after: pin.boolean() },
      outputs: { good: pin.any(), stale: pin.any() },
      run: () => ({ good: new Uint8Array(64), stale: stolen[0] }),
    });
    const { summary } = await test.run(planOf({ first, second }, ['first.done -> second.after']));
    expect(summary.error).toMatchObject({ code: 'E_STALE_HANDLE', node: 'second' });
    await test.expectNothingHeld();
  });

  test.each([false, true])('for it writes into an input (after a while: %s)', async (later) => {
    await using test = await testEngine();
    const give = testNode('give', {
      inputs: {},
      outputs: { data: pin.bytes() },
      run: () => ({ data: new Uint8Array(100_000) }),
    });
    const writes = testNode('writes', {
      inputs: { other: pin.number({ default: 1 }), data: pin.bytes() },
      outputs: {},
      async run({ data }) {
        if (later) await turn();
        data[0] = 1;
        return {};
      },
    });
    const run = await test.run(planOf({ give, writes }, ['give.data -> writes.data']));
    expect(run.summary.error).toMatchObject({ code: 'E_INPUT_CHANGED', node: 'writes', pin: 'data' });
  });
});
