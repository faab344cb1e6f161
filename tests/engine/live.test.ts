import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { planOf, sink, type TestEngine, testEngine, testNode } from './test-graph.ts';

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
