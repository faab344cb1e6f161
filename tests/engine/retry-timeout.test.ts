import { afterEach, describe, expect, test, vi } from 'vitest';
import type { NodeContext } from '../../src/shared/node-api/context.ts';
import type { ErrorCode } from '../../src/shared/node-api/error-codes.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import type { Tensor } from '../../src/shared/node-api/tensor.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { endOf, numberPin, numbers, planOf, sink, testEngine, testNode, turn } from './test-graph.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Fails in its first `failures` attempts, and tells how it was called. */
function flaky(failures: number, code: ErrorCode, calls: NodeContext[]) {
  return testNode('flaky', {
    inputs: { value: pin.number({ default: 7 }) },
    outputs: numberPin,
    async run(inputs, ctx) {
      calls.push(ctx);
      if (ctx.attempt <= failures) throw new WeftError(code, `Attempt ${ctx.attempt} failed.`);
      return inputs;
    },
  });
}

describe('a node that may be tried again', () => {
  test('is, until it succeeds', async () => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    const seen: unknown[] = [];
    const node = { use: flaky(2, 'E_NETWORK', calls), policy: { attempts: 3 } };
    const run = await test.run(planOf({ node, sink: sink((value) => seen.push(value)) }, ['node.value -> sink.value']));
    expect(run.summary.status).toBe('done');
    expect(seen).toEqual([7]);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(endOf(run, 'node')).toMatchObject({ status: 'done', attempt: 3 });
    expect(run.events.filter(({ event }) => event === 'node.retrying')).toMatchObject([
      { node: 'node', attempt: 2, error: { code: 'E_NETWORK', message: 'Attempt 1 failed.' } },
      { node: 'node', attempt: 3, error: { code: 'E_NETWORK', message: 'Attempt 2 failed.' } },
    ]);
    await test.expectNothingHeld();
  });

  test('fails with the error of the last attempt', async () => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    const { summary } = await test.run(
      planOf({ node: { use: flaky(9, 'E_NETWORK', calls), policy: { attempts: 2 } } }),
    );
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_NETWORK', message: 'Attempt 2 failed.' } });
    expect(calls).toHaveLength(2);
  });

  test.each<[code: ErrorCode, retryOn: ErrorCode[] | undefined, times: number]>([
    ['E_NETWORK', undefined, 3],
    ['E_TIMEOUT', undefined, 3],
    ['E_DEVICE_MEMORY', undefined, 3],
    ['E_ISOLATE_DIED', undefined, 3],
    ['E_VALUE', undefined, 1],
    ['E_VALUE', ['E_VALUE'], 3],
    ['E_NETWORK', ['E_VALUE'], 1],
  ])('after %s with retryOn %j is called %i times', async (code, retryOn, times) => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    const policy = { attempts: 3, ...(retryOn === undefined ? {} : { retryOn }) };
    await test.run(planOf({ node: { use: flaky(9, code, calls), policy } }));
    expect(calls).toHaveLength(times);
  });

  test('waits between attempts, each time longer by the factor', async () => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const policy = { attempts: 4, wait: 10, backoff: 3 };
    const running = test.run(planOf({ node: { use: flaky(3, 'E_NETWORK', calls), policy } }));
    for (const seconds of [10, 30, 90]) {
      await turn();
      const before = calls.length;
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
      expect(calls).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(before + 1);
    }
    expect((await running).summary.status).toBe('done');
  });

  test('has one idempotency key for all attempts at an item, and another for each item and run', async () => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    const node = { use: flaky(1, 'E_NETWORK', calls), policy: { attempts: 2 } };
    const plan = planOf({ numbers: numbers(2), node }, ['numbers.value -> node.value']);
    await test.run(plan, { to: ['node'] });
    await test.run(plan, { to: ['node'] });
    const keys = calls.map(({ item, attempt, idempotencyKey }) => ({ item, attempt, idempotencyKey }));
    const of = (item: number) => new Set(keys.filter((call) => call.item === item).map((call) => call.idempotencyKey));
    expect(keys).toHaveLength(8);
    expect(of(0).size).toBe(2);
    expect(new Set([...of(0), ...of(1)]).size).toBe(4);
  });

  test('counts attempts for each item apart', async () => {
    await using test = await testEngine();
    const calls: NodeContext[] = [];
    const seen: unknown[] = [];
    const node = { use: flaky(1, 'E_NETWORK', calls), policy: { attempts: 2 } };
    const plan = planOf({ numbers: numbers(20), node, sink: sink((value) => seen.push(value)) }, [
      'numbers.value -> node.value',
      'node.value -> sink.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(calls).toHaveLength(40);
    expect(seen).toEqual([...Array(20).keys()]);
  });

  test('gives the memory of a failed attempt back', async () => {
    await using test = await testEngine();
    const node = testNode('node', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      run(_, ctx) {
        const tensor = ctx.tensor('uint8', [1000]);
        if (ctx.attempt < 3) throw new WeftError('E_NETWORK', 'Not yet.');
        return { tensor };
      },
    });
    const { summary } = await test.run(planOf({ node: { use: node, policy: { attempts: 3 } } }));
    expect(summary.status).toBe('done');
    expect(summary.memory.peakBytes).toBeLessThan(2000);
    await test.expectNothingHeld();
  });
});

describe('a node that takes longer than its timeout', () => {
  /** Its first attempt ends when the test says so, the others at once. */
  function slow() {
    const late = Promise.withResolvers<void>();
    const contexts: NodeContext[] = [];
    const tensors: Tensor<'uint8'>[] = [];
    const use = testNode('slow', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      async run(_, ctx) {
        contexts.push(ctx);
        const tensor = ctx.tensor('uint8', [1000]);
        tensors.push(tensor);
        if (ctx.attempt === 1) await late.promise;
        tensor.data.fill(ctx.attempt);
        return { tensor };
      },
    });
    return { use, late, contexts, tensors };
  }

  test('fails with E_TIMEOUT, its signal fires, and what it gives later is ignored', async () => {
    await using test = await testEngine();
    const { use, late, contexts } = slow();
    const run = await test.run(planOf({ slow: { use, policy: { timeout: 0.02 } } }));
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_TIMEOUT', node: 'slow' } });
    expect(run.states.slow).toBe('failed');
    expect(contexts[0].signal.aborted).toBe(true);
    expect(contexts[0].signal.reason).toMatchObject({ code: 'E_TIMEOUT' });
    late.resolve();
    await turn();
    await test.expectNothingHeld();
  });

  test('keeps its memory until it has really ended, so that a late write hits no other value', async () => {
    await using test = await testEngine();
    const { use, late, tensors } = slow();
    const seen: unknown[] = [];
    const policy = { timeout: 0.02, attempts: 2 };
    const read = sink((value) => seen.push([...new Set((value as Tensor<'uint8'>).data)]));
    const { summary } = await test.run(planOf({ slow: { use, policy }, read }, ['slow.tensor -> read.value']));
    expect(summary.status).toBe('done');
    expect(seen).toEqual([[2]]);
    expect(tensors).toHaveLength(2);
    expect(tensors[0].data.byteOffset).not.toBe(tensors[1].data.byteOffset);
    test.engine.forgetResults();
    expect(test.engine.store.stats().arena.slabs).toBe(1);
    late.resolve();
    await turn();
    await test.expectNothingHeld();
  });

  test('is only late for one item where items are skipped', async () => {
    await using test = await testEngine();
    const slow = testNode('slow', {
      inputs: numberPin,
      outputs: numberPin,
      run: (inputs, { signal }) =>
        inputs.value === 2
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
          : inputs,
    });
    const seen: unknown[] = [];
    const policy = { timeout: 0.03, onError: 'skip' } as const;
    const plan = planOf({ numbers: numbers(5), slow: { use: slow, policy }, sink: sink((value) => seen.push(value)) }, [
      'numbers.value -> slow.value',
      'slow.value -> sink.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('degraded');
    expect(seen).toEqual([0, 1, 3, 4]);
    expect(run.events.find(({ event }) => event === 'item.failed')).toMatchObject({
      item: 2,
      error: { code: 'E_TIMEOUT' },
    });
  });

  test('fails too when it returned too late without letting go of the thread', async () => {
    await using test = await testEngine();
    const spin = testNode('spin', {
      inputs: {},
      outputs: numberPin,
      run() {
        const end = performance.now() + 30;
        while (performance.now() < end);
        return { value: 1 };
      },
    });
    const { summary } = await test.run(planOf({ spin: { use: spin, policy: { timeout: 0.01 } } }));
    expect(summary.error).toMatchObject({ code: 'E_TIMEOUT', node: 'spin' });
  });

  test('holds nothing that it keeps when it has been given up', async () => {
    await using test = await testEngine();
    const late = Promise.withResolvers<void>();
    const kept: unknown[] = [];
    const keeps = testNode('keeps', {
      inputs: { value: pin.number({ default: 1 }) },
      outputs: numberPin,
      open: () => ({
        async process(item, ctx) {
          const tensor = ctx.tensor('uint8', [100]);
          await late.promise;
          kept.push(ctx.keep(tensor));
          return item;
        },
      }),
    });
    const { summary } = await test.run(planOf({ keeps: { use: keeps, policy: { timeout: 0.02 } } }));
    expect(summary.error).toMatchObject({ code: 'E_TIMEOUT' });
    late.resolve();
    await turn();
    expect(kept).toHaveLength(1);
    await test.expectNothingHeld();
  });

  test('is closed when it holds state, though its body never ends', async () => {
    await using test = await testEngine();
    const closed: string[] = [];
    const hangs = testNode('hangs', {
      inputs: { value: pin.number({ default: 1 }) },
      outputs: numberPin,
      open: () => ({ process: () => new Promise<never>(() => {}), close: (reason) => void closed.push(reason) }),
    });
    const { summary } = await test.run(planOf({ hangs: { use: hangs, policy: { timeout: 0.02 } } }));
    expect(summary.error).toMatchObject({ code: 'E_TIMEOUT' });
    expect(closed).toEqual(['error']);
  });
});
