import { describe, expect, test } from 'vitest';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { gather, numberPin, numbers, planOf, sink, testEngine, testNode } from './test-graph.ts';

const anySink = sink(() => {});

/** Adds 1, and tells that it was called. */
function counted(name: string, calls: string[]) {
  return testNode(name, {
    inputs: numberPin,
    outputs: numberPin,
    run({ value }) {
      calls.push(name);
      return { value: value + 1 };
    },
  });
}

describe('run from here', () => {
  test('computes the node and all after it anew, and takes what they need from the cache', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => counted(name, calls));
    const received: unknown[] = [];
    const plan = planOf({ a: { use: a, params: { value: 0 } }, b, c, sink: sink((value) => received.push(value)) }, [
      'a.value -> b.value',
      'b.value -> c.value',
      'c.value -> sink.value',
    ]);
    await engine.run(plan);
    const { states } = await engine.run(plan, { from: ['b'] });
    expect(calls).toEqual(['a', 'b', 'c', 'b', 'c']);
    expect(states).toEqual({ a: 'cached', b: 'done', c: 'done', sink: 'done' });
    expect(received).toEqual([3, 3]);
  });

  test('computes before it what the cache does not have', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    const [a, b] = ['a', 'b'].map((name) => counted(name, calls));
    const plan = planOf({ a: { use: a, params: { value: 0 } }, b }, ['a.value -> b.value']);
    await engine.run(plan, { from: ['b'] });
    expect(calls).toEqual(['a', 'b']);
  });

  test('leaves branches alone that do not come after it', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => counted(name, calls));
    const plan = planOf({ a: { use: a, params: { value: 0 } }, b, c, left: anySink, right: anySink }, [
      'a.value -> b.value',
      'a.value -> c.value',
      'b.value -> left.value',
      'c.value -> right.value',
    ]);
    const { states } = await engine.run(plan, { from: ['b'] });
    expect(Object.keys(states).sort()).toEqual(['a', 'b', 'left']);
  });

  test('of a node of a stream takes the whole stream, its kept items aside', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    const nodes = {
      numbers: numbers(3),
      a: { use: counted('a', calls), policy: { keep: true } },
      b: { use: counted('b', calls), policy: { keep: true } },
      gather,
    };
    const plan = planOf(nodes, ['numbers.value -> a.value', 'a.value -> b.value', 'b.value -> gather.value']);
    await engine.run(plan);
    calls.length = 0;
    await engine.run(plan, { from: ['b'] });
    expect(calls).toEqual(['b', 'b', 'b']);
  });

  test('may end at a node', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => counted(name, calls));
    const plan = planOf({ a: { use: a, params: { value: 0 } }, b, c }, ['a.value -> b.value', 'b.value -> c.value']);
    await engine.run(plan);
    calls.length = 0;
    await engine.run(plan, { from: ['a'], to: ['b'] });
    expect(calls).toEqual(['a', 'b']);
  });

  test('of a node that is not there is refused by name', async () => {
    await using engine = await testEngine();
    const plan = planOf({ a: { use: counted('a', []), params: { value: 0 } } });
    await expect(engine.run(plan, { from: ['b'] })).rejects.toThrow(
      new WeftError('E_INPUT_UNKNOWN', 'There is no node b to run from: use one of a.'),
    );
  });
});

describe('a run after one that failed', () => {
  test('computes only what failed and what was skipped for it', async () => {
    await using engine = await testEngine();
    const calls: string[] = [];
    let broken = true;
    const fragile = testNode('fragile', {
      inputs: numberPin,
      outputs: numberPin,
      run(inputs) {
        calls.push('fragile');
        if (broken) throw new Error('not yet');
        return inputs;
      },
    });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => counted(name, calls));
    const plan = planOf({ a: { use: a, params: { value: 0 } }, b, fragile, c }, [
      'a.value -> b.value',
      'a.value -> fragile.value',
      'fragile.value -> c.value',
    ]);
    expect((await engine.run(plan)).states).toEqual({ a: 'done', b: 'done', fragile: 'failed', c: 'skipped' });
    broken = false;
    calls.length = 0;
    expect((await engine.run(plan)).summary.status).toBe('done');
    expect(calls).toEqual(['fragile', 'c']);
  });
});
