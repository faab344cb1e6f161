import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import graphInput from '../../nodes/io/input.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { gather, planOf, sink, type TestEngine, testEngine, testNode } from './test-graph.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
});

afterAll(() => engine[Symbol.asyncDispose]());

/** Gives `count` items, one every `ms`, each with memory of its own; `given` is how many the engine took. */
function camera(count: number, ms: number) {
  const taken = { count: 0 };
  const node = testNode('camera', {
    live: true,
    inputs: {},
    outputs: { picture: pin.tensor(), taken: pin.number() },
    async *source(_, ctx) {
      for (let k = 0; k < count; k++) {
        await wait(ms);
        const picture = ctx.tensor('uint8', [1000]);
        picture.data.fill(k % 200);
        taken.count++;
        yield { picture, taken: performance.now() };
      }
    },
  });
  return { node, taken };
}

/** An ordered node that takes `ms` for each item. */
function detector(ms: number) {
  return testNode('detector', {
    inputs: { picture: pin.tensor(), taken: pin.number() },
    outputs: { number: pin.number(), age: pin.number(), turn: pin.number() },
    open: () => ({
      async process({ picture, taken }) {
        const began = performance.now();
        await wait(ms);
        const numbers = new Set(picture.data as Uint8Array);
        expect(numbers.size).toBe(1);
        const now = performance.now();
        return { number: [...numbers][0], age: now - taken, turn: now - began };
      },
    }),
  });
}

const WIRES = ['camera.picture -> detector.picture', 'camera.taken -> detector.taken', 'detector.number -> sink.value'];

describe('a live source faster than what follows', () => {
  test('loses the items that find no room, and every one is counted', async () => {
    const { node, taken } = camera(60, 5);
    const received: unknown[] = [];
    const plan = planOf({ camera: node, detector: detector(30), sink: sink((value) => received.push(value)) }, WIRES);
    const { summary } = await engine.run(plan);
    const { items, dropped } = summary.streams.camera;
    expect(items + dropped).toBe(taken.count);
    expect(taken.count).toBe(60);
    expect(received.length).toBe(items);
    expect(dropped).toBeGreaterThan(20);
    // Newer ones take the place of older ones, so what arrives is in order and ends with the last.
    expect(received).toEqual(received.toSorted((a, b) => Number(a) - Number(b)));
    expect(received.at(-1)).toBe(59);
    await engine.expectNothingHeld();
  });

  test('gives results that are not older than two turns of the slowest node', async () => {
    const turns: number[] = [];
    const pair = testNode('pair', {
      effects: 'shows',
      inputs: { age: pin.number(), turn: pin.number() },
      outputs: {},
      run({ age, turn }) {
        turns.push(age / turn);
        return {};
      },
    });
    const { node } = camera(150, 8);
    const wires = [...WIRES.slice(0, 2), 'detector.age -> pair.age', 'detector.turn -> pair.turn'];
    await engine.run(planOf({ camera: node, detector: detector(80), pair }, wires));
    // The first items come before anything is known of the speed; other work on the machine may delay a few.
    const settled = turns.slice(3).sort((a, b) => a - b);
    expect(settled[Math.floor(settled.length / 2)]).toBeLessThan(2);
  });
});

describe('a live source that is told to end', () => {
  /** Ends the run as soon as `camera` has given so many items. */
  async function endedAfter(items: number, plan: ReturnType<typeof planOf>, taken: { readonly count: number }) {
    let run = '';
    const running = engine.run(plan, { started: (id) => (run = id) });
    while (taken.count < items) await wait(5);
    expect(engine.engine.finish(run)).toBe(true);
    return running;
  }

  test('lets pass what it has given; folds give their result, and the run is done', async () => {
    const { node, taken } = camera(100_000, 5);
    const lists: unknown[] = [];
    const nodes = { camera: node, detector: detector(10), gather, list: sink((value) => lists.push(value)) };
    const wires = [...WIRES.slice(0, 2), 'detector.number -> gather.value', 'gather.list -> list.value'];
    const { summary } = await endedAfter(30, planOf(nodes, wires), taken);
    const { items, dropped } = summary.streams.camera;
    expect(summary.status).toBe('done');
    expect(lists).toEqual([expect.objectContaining({ length: items })]);
    // One more may have been on its way from the camera.
    expect([taken.count, taken.count - 1]).toContain(items + dropped);
    await wait(20);
    await engine.expectNothingHeld();
  });

  test('is not begun when it has not begun yet', async () => {
    const { node, taken } = camera(100_000, 5);
    const slow = testNode('slow', {
      inputs: {},
      outputs: { value: pin.number() },
      run: async () => {
        await wait(50);
        return { value: 1 };
      },
    });
    const add = testNode('add', {
      inputs: { a: pin.number(), b: pin.number() },
      outputs: { value: pin.number() },
      run: ({ a, b }) => ({ value: a + b }),
    });
    const nodes = { camera: node, slow, add, sink: sink(() => {}) };
    const wires = ['camera.taken -> add.a', 'slow.value -> add.b', 'add.value -> sink.value'];
    const { summary } = await endedAfter(0, planOf(nodes, wires), taken);
    expect(summary).toMatchObject({ status: 'done', streams: { camera: { items: 0, dropped: 0 } } });
    expect(taken.count).toBe(0);
  });
});

test('a run tells at its start which inputs may change while a live source goes on', async () => {
  const { node } = camera(2, 5);
  const input = (name: string) => ({ use: graphInput, params: { name, type: 'number', default: 3 } });
  const scale = testNode('scale', {
    inputs: { value: pin.number(), by: pin.number() },
    outputs: { value: pin.number() },
    run: ({ value, by }) => ({ value: value * by }),
  });
  const once = testNode('once', { effects: 'shows', inputs: { value: pin.number() }, outputs: {}, run: () => ({}) });
  const nodes = { camera: node, size: input('size'), factor: input('factor'), scale, once, sink: sink(() => {}) };
  const wires = [
    'camera.taken -> scale.value',
    'factor.value -> scale.by',
    'scale.value -> sink.value',
    'size.value -> once.value',
  ];
  const { events } = await engine.run(planOf(nodes, wires));
  expect(events[0]).toMatchObject({ event: 'run.started', live: [{ name: 'factor', node: 'factor', value: 3 }] });
});

test('a live source slower than what follows loses nothing', async () => {
  const { node } = camera(20, 10);
  const received: unknown[] = [];
  const plan = planOf({ camera: node, detector: detector(1), sink: sink((value) => received.push(value)) }, WIRES);
  const { summary } = await engine.run(plan);
  expect(summary.streams.camera).toMatchObject({ items: 20, dropped: 0 });
  expect(received).toEqual(Array.from({ length: 20 }, (_, k) => k));
});

test('a run that is stopped gives back what waited', async () => {
  const { node, taken } = camera(10_000, 2);
  const plan = planOf({ camera: node, detector: detector(20), sink: sink(() => {}) }, WIRES);
  let run = '';
  const running = engine.run(plan, { started: (id) => (run = id) });
  while (taken.count < 30) await wait(5);
  engine.engine.cancel(run);
  const { summary } = await running;
  expect(summary.status).toBe('cancelled');
  await wait(20);
  await engine.expectNothingHeld();
});
