import { describe, expect, test } from 'vitest';
import type { NodeContext } from '../../src/shared/node-api/context.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import type { Tensor } from '../../src/shared/node-api/tensor.ts';
import { gather, numbers, planOf, sink, testEngine, testNode, turn } from './test-graph.ts';

class Camera {
  readonly #id = 7;
  get id() {
    return this.#id;
  }
}

function circular(): object {
  const ring: { self?: object; items: unknown[] } = { items: [] };
  ring.self = ring;
  ring.items.push(ring);
  return ring;
}

const values: Readonly<Record<string, () => unknown>> = {
  'a function': () => () => 42,
  'a Map': () => new Map<unknown, unknown>([[{ key: 1 }, new Set([2])]]),
  'an instance of a class with private fields': () => new Camera(),
  'a circular structure': circular,
  'an array of 100 MB': () => new Uint8Array(100 * 2 ** 20),
  'a list of 12.5 million numbers': () => new Array(12_500_000).fill(0.5),
  'a frozen object without a prototype': () => Object.freeze(Object.create(null)),
  'a proxy': () => new Proxy({}, {}),
};

describe('a value passes from node to node as the very object that it is', () => {
  test.each(Object.entries(values))('%s', async (_, make) => {
    await using test = await testEngine();
    const value = make();
    const give = testNode('give', { inputs: {}, outputs: { value: pin.any() }, run: () => ({ value }) });
    const pass = testNode('pass', {
      inputs: { value: pin.any() },
      outputs: { value: pin.any() },
      run: async (inputs) => inputs,
    });
    const received: unknown[] = [];
    const end = sink((item) => received.push(item));
    const plan = planOf({ give, pass, near: end, far: end }, [
      'give.value -> pass.value',
      'give.value -> near.value',
      'pass.value -> far.value',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(received.map((item) => item === value)).toEqual([true, true]);
    await test.expectNothingHeld();
  });
});

/** A tensor in the arena, with 7 as its elements. */
function sevens(ctx: NodeContext): Tensor<'float32'> {
  const tensor = ctx.tensor('float32', [1024]);
  tensor.data.fill(7);
  return tensor;
}

/** Takes and gives back memory, so that what was freed too early is overwritten. */
const churn = testNode('churn', {
  inputs: { trigger: pin.any() },
  outputs: { done: pin.boolean() },
  async run(_, ctx) {
    for (let k = 0; k < 8; k++) {
      ctx.tensor('float32', [1024]).data.fill(-1);
      await turn();
    }
    return { done: true };
  },
});

describe('memory in the arena stays valid while a value that reaches it lives', () => {
  const holders: Readonly<Record<string, { wrap(tensor: Tensor): unknown; unwrap(value: unknown): Tensor }>> = {
    'inside a Map': {
      wrap: (tensor) => new Map([['tensor', tensor]]),
      unwrap: (value) => (value as Map<string, Tensor>).get('tensor') as Tensor,
    },
    'deep inside lists and records': {
      wrap: (tensor) => [{ list: [new Set([tensor])] }],
      unwrap: (value) => [...(value as [{ list: [Set<Tensor>] }])[0].list[0]][0],
    },
    'captured by a function': {
      wrap: (tensor) => () => tensor,
      unwrap: (value) => (value as () => Tensor)(),
    },
    'in a private field': {
      wrap: (tensor) => new Hidden(tensor),
      unwrap: (value) => (value as Hidden).tensor,
    },
    'under another shape': {
      wrap: (tensor) => tensor.reshaped([32, 32]),
      unwrap: (value) => value as Tensor,
    },
  };

  class Hidden {
    readonly #tensor: Tensor;
    constructor(tensor: Tensor) {
      this.#tensor = tensor;
    }
    get tensor() {
      return this.#tensor;
    }
  }

  test.each(Object.entries(holders))('%s', async (_, { wrap, unwrap }) => {
    await using test = await testEngine();
    const make = testNode('make', {
      inputs: {},
      outputs: { value: pin.any() },
      run: (_, ctx) => ({ value: wrap(sevens(ctx)) }),
    });
    const read = testNode('read', {
      effects: 'shows',
      inputs: { value: pin.any(), ready: pin.boolean() },
      outputs: {},
      run({ value }) {
        seen.push(...new Set(unwrap(value).data as Float32Array));
        return {};
      },
    });
    const seen: number[] = [];
    const plan = planOf({ make, churn, read }, [
      'make.value -> churn.trigger',
      'make.value -> read.value',
      'churn.done -> read.ready',
    ]);
    const { summary } = await test.run(plan);
    expect(summary.status).toBe('done');
    expect(seen).toEqual([7]);
    await test.expectNothingHeld();
  });

  test('inputs that an opaque value may refer to, after the node that got them has ended', async () => {
    await using test = await testEngine();
    const make = testNode('make', {
      inputs: {},
      outputs: { tensor: pin.tensor() },
      run: (_, ctx) => ({ tensor: sevens(ctx) }),
    });
    const wrap = testNode('wrap', {
      inputs: { tensor: pin.tensor() },
      outputs: { read: pin.any() },
      run: ({ tensor }) => ({ read: () => (tensor.data as Float32Array)[0] }),
    });
    const seen: unknown[] = [];
    const call = testNode('call', {
      effects: 'shows',
      inputs: { read: pin.any(), ready: pin.boolean() },
      outputs: {},
      run({ read }) {
        seen.push((read as () => number)());
        return {};
      },
    });
    const plan = planOf({ make, wrap, churn, call }, [
      'make.tensor -> wrap.tensor',
      'wrap.read -> churn.trigger',
      'wrap.read -> call.read',
      'churn.done -> call.ready',
    ]);
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual([7]);
    await test.expectNothingHeld();
  });

  test('what an open node keeps past its calls, until it lets go', async () => {
    await using test = await testEngine({ window: 1 });
    const make = testNode('make', {
      inputs: { value: pin.number() },
      outputs: { tensor: pin.tensor() },
      run({ value }, ctx) {
        const tensor = ctx.tensor('float32', [256]);
        tensor.data.fill(value);
        return { tensor };
      },
    });
    const before = testNode('before', {
      inputs: { tensor: pin.tensor({ dtype: 'float32' }) },
      outputs: { value: pin.number() },
      open() {
        let last: Tensor<'float32'> | null = null;
        return {
          process({ tensor }, ctx) {
            const value = last === null ? -1 : last.data[255];
            if (last !== null) ctx.release(last);
            last = ctx.keep(tensor);
            return { value };
          },
        };
      },
    });
    const seen: unknown[] = [];
    const plan = planOf({ numbers: numbers(50), make, before, sink: sink((value) => seen.push(value)) }, [
      'numbers.value -> make.value',
      'make.tensor -> before.tensor',
      'before.value -> sink.value',
    ]);
    const { summary } = await test.run(plan);
    expect(summary.status).toBe('done');
    expect(seen).toEqual(Array.from({ length: 50 }, (_, k) => k - 1));
    expect(summary.memory.peakBytes).toBeLessThan(4 * 1024);
    await test.expectNothingHeld();
  });

  test('what a fold keeps, and gives in a function, whatever came before in its stream', async () => {
    await using test = await testEngine();
    const make = testNode('make', {
      inputs: { value: pin.number() },
      outputs: { tensor: pin.tensor() },
      run({ value }, ctx) {
        const tensor = ctx.tensor('float32', [4]);
        tensor.data.fill(value);
        return { tensor };
      },
    });
    const fold = testNode('fold', {
      inputs: { tensor: pin.tensor({ dtype: 'float32' }) },
      outputs: { sum: pin.any() },
      collect() {
        const tensors: Tensor<'float32'>[] = [];
        return {
          add({ tensor }, ctx) {
            tensors.push(ctx.keep(tensor));
          },
          result: () => ({ sum: () => tensors.reduce((sum, { data }) => sum + data[3], 0) }),
        };
      },
    });
    const call = testNode('call', {
      effects: 'shows',
      inputs: { sum: pin.any(), ready: pin.boolean() },
      outputs: {},
      run({ sum }) {
        seen.push((sum as () => number)());
        return {};
      },
    });
    const pass = testNode('pass', {
      inputs: { tensor: pin.tensor() },
      outputs: { a: pin.tensor(), b: pin.tensor(), c: pin.tensor() },
      run: ({ tensor }) => ({ a: tensor, b: tensor, c: tensor }),
    });
    const seen: number[] = [];
    const plan = planOf({ numbers: numbers(20), make, pass, fold, churn, call }, [
      'numbers.value -> make.value',
      'make.tensor -> pass.tensor',
      'pass.c -> fold.tensor',
      'fold.sum -> churn.trigger',
      'fold.sum -> call.sum',
      'churn.done -> call.ready',
    ]);
    const { summary } = await test.run(plan);
    expect(summary.error).toBeUndefined();
    expect(seen).toEqual([190]);
    await test.expectNothingHeld();
  });

  test('of a list that was gathered from a stream', async () => {
    await using test = await testEngine();
    const make = testNode('make', {
      inputs: { value: pin.number() },
      outputs: { tensor: pin.tensor() },
      run({ value }, ctx) {
        const tensor = ctx.tensor('float32', [4]);
        tensor.data.fill(value);
        return { tensor };
      },
    });
    const seen: number[] = [];
    const plan = planOf(
      {
        numbers: numbers(20),
        make,
        gather,
        sink: sink((list) => seen.push(...(list as Tensor<'float32'>[]).map(({ data }) => data[3]))),
      },
      ['numbers.value -> make.value', 'make.tensor -> gather.value', 'gather.list -> sink.value'],
    );
    expect((await test.run(plan)).summary.status).toBe('done');
    expect(seen).toEqual(Array.from({ length: 20 }, (_, k) => k));
    await test.expectNothingHeld();
  });
});

test('a value that can be disposed of is, once, when nobody waits for it any more', async () => {
  await using test = await testEngine();
  let disposed = 0;
  const give = testNode('give', {
    effects: 'network',
    inputs: {},
    outputs: { value: pin.any() },
    run: () => ({ value: { [Symbol.dispose]: () => disposed++ } }),
  });
  const check = sink(() => expect(disposed).toBe(0));
  const plan = planOf({ give, first: check, second: check }, [
    'give.value -> first.value',
    'give.value -> second.value',
  ]);
  expect((await test.run(plan)).summary.status).toBe('done');
  expect(disposed).toBe(1);
  await test.expectNothingHeld();
});
