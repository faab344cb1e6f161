import { describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { gather, numbers, planOf, sink, testEngine, testNode } from './test-graph.ts';

describe('a fold', () => {
  test('gives what it has come to, to a node that runs once', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(5), gather, sink: sink((value) => seen.push(value)) }, [
      'numbers.value -> gather.value',
      'gather.list -> sink.value',
    ]);
    const { summary } = await test.run(plan);
    expect(seen).toEqual([[0, 1, 2, 3, 4]]);
    expect(summary).toMatchObject({ status: 'done', done: 3 });
    await test.expectNothingHeld();
  });
  test('to', async () => {
    await using test = await testEngine();
    const add = testNode('add', {
      inputs: { a: pin.number({ default: 1 }) },
      outputs: { sum: pin.number() },
      run: ({ a }) => ({ sum: a + 1 }),
    });
    const plan = planOf({ numbers: numbers(5), gather, add }, ['numbers.value -> gather.value']);
    console.log(JSON.stringify((await test.run(plan, { to: ['add'] })).events));
    console.log(JSON.stringify((await test.run(plan, { to: ['gather'] })).events));
    console.log(JSON.stringify((await test.run(plan, { to: ['gather'] })).events));
  });
});
