import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import {
  counter,
  endless,
  failsFor,
  gather,
  numberPin,
  planOf,
  sink,
  testEngine,
  testNode,
  turn,
} from './test-graph.ts';

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
      outputs: numberPin,
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
      outputs: numberPin,
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
    const source = testNode('source', { inputs: {}, outputs: numberPin, source: () => 7 as unknown as [] });
    const run = await test.run(planOf({ source, gather }, ['source.value -> gather.value']));
    expect(run.summary.error).toMatchObject({ code: 'E_NODE_THREW', node: 'source' });
  });

  test('that takes longer than its timeout for an item fails; its memory goes when it lets go', async () => {
    await using test = await testEngine();
    const release = Promise.withResolvers<void>();
    const source = testNode('source', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      async *source(_, ctx) {
        yield { tensor: ctx.tensor('uint8', [100]) };
        const late = ctx.tensor('uint8', [100]);
        await release.promise;
        late.data.fill(1);
        yield { tensor: late };
      },
    });
    const run = await test.run(
      planOf({ source: { use: source, policy: { timeout: 0.05 } }, gather }, ['source.tensor -> gather.value']),
    );
    expect(run.summary).toMatchObject({ status: 'failed', error: { code: 'E_TIMEOUT', node: 'source' } });
    expect(test.engine.store.stats().arena.slabs).toBe(1);
    release.resolve();
    await turn();
    await test.expectNothingHeld();
  });
});
