import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import {
  counter,
  endless,
  endOf,
  gather,
  numberPin,
  planOf,
  sink,
  type TestEngine,
  testEngine,
  testNode,
  turn,
} from './test-graph.ts';

/** Calls `reached`, then waits for its signal, with memory in hand. */
function waits(reached: () => void) {
  return testNode('waits', {
    inputs: { value: pin.any({ optional: true }) },
    outputs: { value: pin.any() },
    run(_, ctx) {
      const tensor = ctx.tensor('uint8', [1000]);
      setImmediate(reached);
      return new Promise((resolve, reject) => {
        ctx.signal.addEventListener('abort', () =>
          tensor.data.length > 0 ? reject(ctx.signal.reason) : resolve({ value: 1 }),
        );
      });
    },
  });
}

function canceller(test: TestEngine): () => void {
  const id = test.nextRun;
  return () => expect(test.engine.cancel(id)).toBe(true);
}

describe('a run that is cancelled', () => {
  test('while a node waits, ends with the node and what follows it cancelled', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
    const plan = planOf({ one, waits: waits(canceller(test)), end: sink(() => log.push('never')) }, [
      'one.value -> waits.value',
      'waits.value -> end.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary).toMatchObject({ status: 'cancelled', done: 1, cancelled: 2, failed: 0 });
    expect(run.summary.error).toMatchObject({ code: 'E_CANCELLED' });
    expect(run.states).toEqual({ one: 'done', waits: 'cancelled', end: 'cancelled' });
    expect(log).toEqual([]);
    await test.expectNothingHeld();
  });

  test('before anything has started, runs nothing', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const node = testNode('node', {
      effects: 'network',
      inputs: {},
      outputs: numberPin,
      run() {
        log.push('ran');
        return { value: 1 };
      },
    });
    const plan = planOf({ node, endless: endless(log), gather }, ['endless.value -> gather.value']);
    const run = await test.run(plan, { started: (id) => test.engine.cancel(id) });
    expect(run.summary).toMatchObject({ status: 'cancelled', done: 0 });
    expect(log).toEqual([]);
    await test.expectNothingHeld();
  });

  test('while a node waits for its next attempt, does not try it again', async () => {
    await using test = await testEngine();
    const cancel = canceller(test);
    let calls = 0;
    const fails = testNode('fails', {
      inputs: {},
      outputs: numberPin,
      run() {
        calls++;
        setImmediate(cancel);
        throw new WeftError('E_NETWORK', 'No answer.');
      },
    });
    const { summary } = await test.run(planOf({ fails: { use: fails, policy: { attempts: 5, wait: 600 } } }));
    expect(summary).toMatchObject({ status: 'cancelled', cancelled: 1 });
    expect(calls).toBe(1);
  });

  test('does not try a node again that fails because of it', async () => {
    await using test = await testEngine();
    const cancel = canceller(test);
    let calls = 0;
    const asks = testNode('asks', {
      inputs: {},
      outputs: numberPin,
      run(_, { signal }) {
        calls++;
        setImmediate(cancel);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new WeftError('E_NETWORK', 'The request was broken off.')));
        });
      },
    });
    const { summary } = await test.run(planOf({ asks: { use: asks, policy: { attempts: 5, wait: 600 } } }));
    expect(summary).toMatchObject({ status: 'cancelled', cancelled: 1 });
    expect(summary.ms).toBeLessThan(1900);
    expect(calls).toBe(1);
  });

  test('in the middle of a stream, cleans up its source and closes each node that was opened, once', async () => {
    await using test = await testEngine();
    const cancel = canceller(test);
    const log: string[] = [];
    const stops = testNode('stops', {
      inputs: numberPin,
      outputs: { tensor: pin.tensor() },
      async run({ value }, ctx) {
        if (value === 50) cancel();
        await turn();
        return { tensor: ctx.tensor('uint8', [100]) };
      },
    });
    const plan = planOf({ endless: endless(log), counter: counter(log), stops, gather, end: sink(() => {}) }, [
      'endless.value -> counter.value',
      'counter.value -> stops.value',
      'stops.tensor -> gather.value',
      'gather.list -> end.value',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('cancelled');
    expect(run.states).toEqual({
      endless: 'cancelled',
      counter: 'cancelled',
      stops: 'cancelled',
      gather: 'cancelled',
      end: 'cancelled',
    });
    expect(log.sort()).toEqual(['closed: cancel', 'opened', 'source cleaned up']);
    await test.expectNothingHeld();
  });

  test('while a source waits for its next item, gives back what the source holds when it comes', async () => {
    await using test = await testEngine();
    const cancel = canceller(test);
    const late = Promise.withResolvers<void>();
    const source = testNode('source', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      async *source(_, ctx) {
        yield { tensor: ctx.tensor('uint8', [10]) };
        const tensor = ctx.tensor('uint8', [1000]);
        setImmediate(cancel);
        await late.promise;
        yield { tensor };
      },
    });
    const run = await test.run(planOf({ source, gather }, ['source.tensor -> gather.value']));
    expect(run.summary.status).toBe('cancelled');
    late.resolve();
    await turn();
    await test.expectNothingHeld();
  });

  test('before a stream has begun, never asks its source', async () => {
    await using test = await testEngine();
    const log: string[] = [];
    const add = testNode('add', {
      inputs: { value: pin.number(), held: pin.any() },
      outputs: numberPin,
      run: ({ value }) => ({ value }),
    });
    const plan = planOf({ endless: endless(log, () => void log.push('asked')), waits: waits(canceller(test)), add }, [
      'endless.value -> add.value',
      'waits.value -> add.held',
    ]);
    const run = await test.run(plan);
    expect(run.summary.status).toBe('cancelled');
    expect(run.states).toEqual({ endless: 'cancelled', waits: 'cancelled', add: 'cancelled' });
    expect(log).toEqual([]);
    await test.expectNothingHeld();
  });

  test('by its own limit of time, says so', async () => {
    await using test = await testEngine();
    const { summary } = await test.run(planOf({ waits: waits(() => {}) }), { timeoutMs: 30 });
    expect(summary).toMatchObject({ status: 'timeout', cancelled: 1, error: { code: 'E_RUN_TIMEOUT' } });
    await test.expectNothingHeld();
  });

  test('twice ends once, and after its end is no longer known', async () => {
    await using test = await testEngine();
    const id = test.nextRun;
    const cancel = canceller(test);
    const plan = planOf({
      waits: waits(() => {
        cancel();
        test.engine.cancel(id);
      }),
    });
    const run = await test.run(plan);
    expect(run.events.filter(({ event }) => event === 'run.finished')).toHaveLength(1);
    expect(run.summary.status).toBe('cancelled');
    expect(test.engine.cancel(id)).toBe(false);
  });

  test('keeps what nodes gave before, for the next run', async () => {
    await using test = await testEngine();
    const one = testNode('one', { inputs: {}, outputs: numberPin, run: () => ({ value: 1 }) });
    let cancel = canceller(test);
    const plan = planOf({ one, waits: waits(() => cancel()) }, ['one.value -> waits.value']);
    await test.run(plan);
    cancel = canceller(test);
    expect((await test.run(plan)).states).toEqual({ one: 'cached', waits: 'cancelled' });
  });
});

describe('a body that does not heed its signal', () => {
  test('is given up after the grace; its node is closed, and its memory comes back when it ends', async () => {
    await using test = await testEngine();
    const cancel = canceller(test);
    const late = Promise.withResolvers<void>();
    const opening = Promise.withResolvers<void>();
    const log: string[] = [];
    const deaf = testNode('deaf', {
      inputs: { value: pin.number({ default: 1 }) },
      outputs: { tensor: pin.tensor() },
      open: () => ({
        async process(_, ctx) {
          const tensor = ctx.tensor('uint8', [1000]);
          await late.promise;
          log.push('ended');
          return { tensor };
        },
        close: (reason) => void log.push(`closed: ${reason}`),
      }),
    });
    const slow = testNode('slow', {
      inputs: { value: pin.number({ default: 1 }) },
      outputs: numberPin,
      async open() {
        // The other one is at work by now, which may be some turns after it began on a busy machine.
        setImmediate(cancel);
        await opening.promise;
        log.push('opened late');
        return { process: (item) => item, close: (reason) => void log.push(`closed late: ${reason}`) };
      },
    });
    const run = await test.run(planOf({ deaf, slow }));
    expect(run.summary).toMatchObject({ status: 'cancelled', cancelled: 2 });
    expect(endOf(run, 'deaf').status).toBe('cancelled');
    expect(log).toEqual(['closed: cancel']);
    opening.resolve();
    late.resolve();
    await turn();
    expect(log.sort()).toEqual(['closed late: cancel', 'closed: cancel', 'ended', 'opened late']);
    await test.expectNothingHeld();
  });
});
