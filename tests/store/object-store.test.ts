import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/main/store/arena.ts';
import { KeptValues } from '../../src/main/store/kept-values.ts';
import { type Hold, ObjectStore } from '../../src/main/store/object-store.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { Detections, Image, Keypoints, Mask, ownSpace, Tensor } from '../../src/shared/node-api/weft.ts';

const MIB = 2 ** 20;
const POISON = 0xdb;

const pool = new SegmentPool();

function open({ budgetBytes = 1024 * MIB } = {}) {
  pool.reclaim();
  const arena = new Arena(pool, { budgetBytes, poison: true });
  const disposeErrors: unknown[] = [];
  const store = new ObjectStore(arena, (error) => disposeErrors.push(error));
  /** Runs `body` as a node's call and emits what it gives. */
  const call = (body: (scope: ReturnType<ObjectStore['openScope']>) => unknown, inputs: (Hold | null)[] = []) => {
    const scope = store.openScope();
    const hold = store.emit(body(scope), scope, inputs);
    scope.close();
    return hold;
  };
  return { arena, store, disposeErrors, call };
}

/** The hold of a value that must have one. */
function held(hold: Hold | null): Hold {
  if (hold === null) throw new Error('the value needs no holding');
  return hold;
}

function isPoisoned(tensor: Tensor<'uint8'>): boolean {
  return tensor.data.every((byte) => byte === POISON);
}

class Reader {
  readonly #secret: Tensor<'uint8'>;
  constructor(secret: Tensor<'uint8'>) {
    this.#secret = secret;
  }
  first(): number {
    return this.#secret.data[0];
  }
}

describe('a call', () => {
  test('allocates tensors and pictures of every kind in the arena', () => {
    const { arena, store } = open();
    const scope = store.openScope();
    for (const dtype of ['float32', 'float16', 'int64', 'bool', 'uint8'] as const) {
      const tensor = scope.tensor(dtype, [2, 3]);
      expect(tensor.data).toHaveLength(6);
      expect(arena.slabOf(tensor.data)?.length).toBe(tensor.data.byteLength);
    }
    for (const depth of ['u8', 'u16', 'f32'] as const) {
      expect(arena.slabOf(scope.image(depth, 4, 3, 3).data)).toBeDefined();
    }
    expect(scope.tensor('float32', []).data).toHaveLength(1);
    expect(scope.tensor('float32', [0, 4]).data).toHaveLength(0);
    scope.close();
    expect(arena.stats().liveBytes).toBe(0);
  });

  test('refuses impossible shapes and leaves nothing behind', () => {
    const { arena, store } = open();
    const scope = store.openScope();
    for (const shape of [[-1], [-1, -1], [1.5], [Number.NaN]]) {
      expect(() => scope.tensor('uint8', shape)).toThrow(RangeError);
    }
    scope.close();
    expect(arena.stats().liveBytes).toBe(0);
  });
});

describe('an emitted value', () => {
  test('without memory, text or resources needs no hold', () => {
    const { store } = open();
    for (const value of [1, 'text', true, null, undefined, 1n, Symbol.iterator, {}, [1, 2], { a: { b: [null] } }]) {
      expect(store.emit(value, null, [])).toBeNull();
    }
  });

  test('outlives its call, and is freed with its last holder', () => {
    const { arena, store, call } = open();
    let tensor = new Tensor('uint8', [0], new Uint8Array(0));
    const hold = held(
      call((scope) => {
        scope.tensor('uint8', [500]);
        tensor = scope.tensor('uint8', [1000]);
        tensor.data.fill(1);
        return tensor;
      }),
    );
    expect(arena.stats()).toMatchObject({ slabs: 1 });
    expect(hold.bytes).toBe(1000);
    store.retain(hold);
    store.release(hold);
    expect(isPoisoned(tensor)).toBe(false);
    store.release(hold);
    expect(isPoisoned(tensor)).toBe(true);
    expect(arena.stats().liveBytes).toBe(0);
    expect(() => store.release(hold)).toThrow(expect.objectContaining({ code: 'E_INTERNAL' }));
    expect(() => store.retain(hold)).toThrow(expect.objectContaining({ code: 'E_INTERNAL' }));
  });

  const containers: [string, (tensor: Tensor<'uint8'>) => unknown][] = [
    ['a Map', (tensor) => new Map([['deep', { list: [tensor] }]])],
    ['the key of a Map', (tensor) => new Map([[tensor, 1]])],
    ['a Set', (tensor) => new Set([tensor])],
    ['an array', (tensor) => [1, [2, [tensor]]]],
    ['a symbol property', (tensor) => ({ [Symbol('hidden')]: tensor })],
    ['an object without prototype', (tensor) => Object.assign(Object.create(null), { tensor })],
    ['a view of its middle', (tensor) => tensor.data.subarray(10, 20)],
    ['a picture', ({ data }) => new Image('u8', 10, 10, 1, data)],
    ['a mask', ({ data }) => new Mask(data, ownSpace(10, 10))],
    ['an object with a cycle', (tensor) => Object.assign(cyclic(), { tensor })],
    [
      'an accessor',
      (tensor) => ({
        get value() {
          return tensor;
        },
      }),
    ],
    ['a closure', (tensor) => () => tensor.data[0]],
    ['private fields', (tensor) => new Reader(tensor)],
    ['a subclass', (tensor) => new (class extends Map<string, unknown> {})([['tensor', tensor]])],
    ['a proxy', (tensor) => new Proxy({}, { get: () => tensor })],
    ['the buffer itself', ({ data }) => data.buffer],
  ];
  test.each(containers)('keeps a tensor valid that lies in %s', (_, wrap) => {
    const { arena, store, call } = open();
    let tensor = new Tensor('uint8', [0], new Uint8Array(0));
    const hold = held(
      call((scope) => {
        tensor = scope.tensor('uint8', [100]);
        tensor.data.fill(1);
        return wrap(tensor);
      }),
    );
    expect(tensor.data.every((byte) => byte === 1)).toBe(true);
    store.release(hold);
    expect(isPoisoned(tensor)).toBe(true);
    expect(arena.stats().liveBytes).toBe(0);
  });

  test('keeps detections whose arrays lie in the arena', () => {
    const { arena, store, call } = open();
    const hold = held(
      call((scope) => {
        const boxes = scope.tensor('float32', [2, 4]).data;
        const scores = scope.tensor('float32', [2]).data;
        const candidates = scope.tensor('int32', [2]).data;
        const origin = { candidates, oneEach: false };
        return new Detections(boxes, scores, new Int32Array(2), [], ownSpace(10, 10), origin);
      }),
    );
    expect(hold.bytes).toBe(32 + 8 + 8 + 8);
    expect(arena.stats().slabs).toBe(3);
    store.release(hold);
    expect(arena.stats().liveBytes).toBe(0);
  });

  test('keeps keypoints whose arrays lie in the arena', () => {
    const { arena, store, call } = open();
    const hold = held(
      call((scope) => {
        const points = scope.tensor('float32', [5, 2]).data;
        const scores = scope.tensor('float32', [5]).data;
        return new Keypoints(points, scores, 5, ownSpace(10, 10));
      }),
    );
    expect([hold.bytes, arena.stats().slabs]).toEqual([40 + 20, 2]);
    store.release(hold);
    expect(arena.stats().liveBytes).toBe(0);
  });

  test('may be nested a million deep', () => {
    const { store } = open();
    let list: unknown = new Float32Array(4);
    for (let i = 0; i < 1_000_000; i++) list = [list];
    expect(store.emit(list, null, [])?.bytes).toBe(16);
  });

  test('that was freed before is refused', () => {
    const { arena, store, call } = open();
    const scope = store.openScope();
    const tensor = scope.tensor('uint8', [10]);
    scope.close();
    expect(() => call(() => [tensor])).toThrow(expect.objectContaining({ code: 'E_STALE_HANDLE' }));
    expect(arena.stats().liveBytes).toBe(0);
  });
});

describe('any value can be given out by one node and passed on by the next', () => {
  const values: [string, unknown][] = [
    ['a function', () => 1],
    ['a Map', new Map([[{}, new Set([1])]])],
    ['a class instance', new Reader(new Tensor('uint8', [1], new Uint8Array(1)))],
    ['a circular structure', cyclic()],
    ['an array of 100 MB', new Float64Array(100_000_000 / 8)],
    ['an array of 12 million numbers', new Array(12_000_000).fill(0.5)],
    ['a promise', Promise.resolve()],
    ['a frozen object', Object.freeze({ a: [1], b: new Uint8Array(8) })],
    ['an object that refuses to be looked at', unreadable()],
  ];
  test.each(values)('%s', (_, value) => {
    const { arena, store, call } = open();
    const kept = new KeptValues(store);
    const scope = store.openScope();
    kept.keep([scope.tensor('uint8', [100]), value], scope, []);
    scope.close();
    const first = call(() => value, [...kept.holds]);
    const second = call(() => value, [first]);
    for (const hold of [first, second]) if (hold !== null) store.release(hold);
    expect(arena.stats()).toMatchObject({ slabs: 1, liveBytes: 128 });
    kept.close();
    expect(store.stats()).toMatchObject({ heapBytes: 0, arena: { slabs: 0, liveBytes: 0 } });
  });

  test('and is held as the identical object, never as a copy', () => {
    const { store } = open();
    const big = new Float64Array(100_000_000 / 8);
    const resource = { big, [Symbol.dispose]: () => {} };
    const before = process.memoryUsage().arrayBuffers;
    const hold = held(store.emit(new Map([['resource', resource]]), null, []));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MIB);
    expect([...hold.heap][0]).toBe(big);
    expect([...hold.disposables][0]).toBe(resource);
    store.release(hold);
  });
});

describe('an opaque value', () => {
  test('holds all that its call could see: its allocations and its inputs', () => {
    const { arena, store, call } = open();
    let seen = new Tensor('uint8', [0], new Uint8Array(0));
    const input = held(
      call((scope) => {
        seen = scope.tensor('uint8', [100]);
        seen.data.fill(5);
        return seen;
      }),
    );
    const closure = held(call((scope) => [scope.tensor('uint8', [50]), () => seen.data[0]], [null, input]));
    store.release(input);
    expect(seen.data[0]).toBe(5);
    expect(closure.bytes).toBe(150);
    store.release(closure);
    expect(seen.data[0]).toBe(POISON);
    expect(arena.stats().liveBytes).toBe(0);
  });

  test('holds what its node keeps', () => {
    const { store, call } = open();
    const scope = store.openScope();
    const state = scope.tensor('uint8', [100]);
    state.data.fill(5);
    const kept = new KeptValues(store);
    kept.keep(state, scope, []);
    scope.close();
    const closure = held(store.emit(() => state.data[0], null, [], kept.holds));
    kept.close();
    expect(state.data[0]).toBe(5);
    store.release(closure);
    expect(state.data[0]).toBe(POISON);
    expect(call(() => 1)).toBeNull();
  });

  test('keeps the resources of its inputs from being disposed', () => {
    const { store, call } = open();
    const log: string[] = [];
    const session = held(call(() => ({ [Symbol.dispose]: () => log.push('disposed') })));
    const closure = held(call(() => () => session, [session]));
    store.release(session);
    expect(log).toEqual([]);
    store.release(closure);
    expect(log).toEqual(['disposed']);
  });

  test('passed through 10,000 nodes needs no more than at first', () => {
    const { arena, store, call } = open();
    const value = new Reader(new Tensor('uint8', [1], new Uint8Array(1)));
    let hold = held(call((scope) => [scope.tensor('uint8', [100]), value]));
    for (let i = 0; i < 10_000; i++) {
      const next = held(call(() => value, [hold]));
      store.release(hold);
      hold = next;
    }
    expect(arena.stats().slabs).toBe(1);
    expect(hold.slabs.size).toBe(1);
    store.release(hold);
    expect(arena.stats().liveBytes).toBe(0);
  });
});

describe('a kept value', () => {
  test('is held past its call until it is released', () => {
    const { store } = open();
    const scope = store.openScope();
    const tensor = scope.tensor('uint8', [100]);
    tensor.data.fill(1);
    const kept = new KeptValues(store);
    kept.keep(tensor, scope, []);
    kept.keep(tensor, scope, []);
    kept.keep(17, scope, []);
    scope.close();
    expect(tensor.data[0]).toBe(1);
    kept.release(tensor);
    expect(tensor.data[0]).toBe(POISON);
    kept.release(tensor);
  });

  test('goes when its node closes', () => {
    const { arena, store } = open();
    const kept = new KeptValues(store);
    const scope = store.openScope();
    for (let i = 0; i < 3; i++) kept.keep(scope.tensor('uint8', [100]), scope, []);
    scope.close();
    expect(arena.stats().slabs).toBe(3);
    kept.close();
    expect(arena.stats().slabs).toBe(0);
  });
});

describe('a disposable value', () => {
  test('is disposed once, with its last holder, when two nodes give it out', () => {
    const { store, call } = open();
    let disposed = 0;
    const resource = { [Symbol.dispose]: () => disposed++ };
    const first = held(call(() => resource));
    const second = held(call(() => [resource], [first]));
    store.release(first);
    expect(disposed).toBe(0);
    store.release(second);
    expect(disposed).toBe(1);
  });

  test('with an asynchronous end keeps its memory until then', async () => {
    const { arena, store, call } = open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const resource = (tensor: unknown) => ({ tensor, [Symbol.asyncDispose]: () => promise });
    const hold = held(call((scope) => resource(scope.tensor('uint8', [100]))));
    store.release(hold);
    expect(arena.stats().slabs).toBe(1);
    resolve();
    await store.disposalsEnded();
    expect(arena.stats().slabs).toBe(0);
  });

  test('that fails is reported, and its memory goes nevertheless', async () => {
    const { arena, store, call, disposeErrors } = open();
    const failing = (tensor: unknown) => ({
      tensor,
      [Symbol.dispose]() {
        throw new Error('at once');
      },
    });
    const failingLater = (tensor: unknown) => ({
      tensor,
      async [Symbol.asyncDispose]() {
        throw new Error('later');
      },
    });
    for (const make of [failing, failingLater]) {
      store.release(held(call((scope) => make(scope.tensor('uint8', [100])))));
    }
    await store.disposalsEnded();
    expect(disposeErrors).toEqual([new Error('at once'), new Error('later')]);
    expect(arena.stats().liveBytes).toBe(0);
  });
});

describe('accounting', () => {
  test('counts arrays off the arena by their bytes and text by 2 bytes a character', () => {
    const { store } = open();
    const array = new Float32Array(100);
    const hold = held(store.emit({ name: 'four', array, again: [array], buffer: new ArrayBuffer(50) }, null, []));
    expect(hold.bytes).toBe(8 + 400 + 50);
    const other = held(store.emit(array, null, [hold]));
    expect(store.stats()).toMatchObject({ heapBytes: 458, heapPeakBytes: 458 });
    store.release(hold);
    expect(store.stats().heapBytes).toBe(400);
    store.release(other);
    expect(store.stats()).toMatchObject({ heapBytes: 0, heapPeakBytes: 458 });
  });

  test('tells when arena and heap together exceed the budget', () => {
    const { store, call } = open({ budgetBytes: 10 * MIB });
    const inArena = held(call((scope) => scope.tensor('uint8', [6 * MIB])));
    expect(store.overBudget).toBe(false);
    const onHeap = held(store.emit(new Uint8Array(5 * MIB), null, []));
    expect(store.overBudget).toBe(true);
    store.release(inArena);
    expect(store.overBudget).toBe(false);
    store.release(onHeap);
  });

  test('10,000 values later nothing is left', () => {
    const { arena, store, call } = open();
    const waiting: Hold[] = [];
    for (let i = 0; i < 10_000; i++) {
      const value = (scope: ReturnType<ObjectStore['openScope']>) => ({
        picture: scope.image('u8', 64, 48, 3),
        tensors: new Map([[`item ${i}`, scope.tensor('float32', [3, i % 50])]]),
        note: 'x'.repeat(i % 10),
      });
      waiting.push(held(call(value)));
      if (waiting.length > 6) store.release(waiting.splice(i % 6, 1)[0]);
    }
    for (const hold of waiting) store.release(hold);
    expect(store.stats()).toMatchObject({ heapBytes: 0, arena: { liveBytes: 0, slabs: 0, loans: 0 } });
    expect(arena.stats().reservedBytes).toBeLessThan(10 * MIB);
  });
});

function cyclic(): object {
  const value: { self?: object; list: unknown[] } = { list: [] };
  value.self = value;
  value.list.push(value, new Map([[value, value]]));
  return value;
}

function unreadable(): object {
  const refuse = () => {
    throw new Error('nobody may look');
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
}
