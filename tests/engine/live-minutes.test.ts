import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pin } from '../../src/shared/node-api/pins.ts';
import { planOf, testEngine, testNode, turn } from './test-graph.ts';

// Time is simulated: it passes only when the engine has nothing left to do, and then at once up to the next timer. So
// five minutes take seconds, and every age is exact whatever else the machine does.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const MINUTES = 5;
const RATE = 60;
const INFERENCE_MS = 100;
const MB = 1e6;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is in use, without garbage. */
function heapBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Gives pictures at its rate whether or not anybody has time for them, as a camera does. */
function camera(count: number) {
  const began = performance.now();
  return testNode('camera', {
    live: true,
    inputs: {},
    outputs: { picture: pin.tensor(), number: pin.integer(), taken: pin.number() },
    async *source(_, ctx) {
      for (let number = 0; number < count; number++) {
        await wait(Math.max(0, began + (number * 1000) / RATE - performance.now()));
        const picture = ctx.tensor('uint8', [160, 120, 3]);
        picture.data.fill(number % 256);
        yield { picture, number, taken: performance.now() };
      }
    },
  });
}

/** Takes one picture at a time. */
const detector = testNode('detector', {
  inputs: { picture: pin.tensor(), number: pin.integer() },
  outputs: { found: pin.integer() },
  open: () => ({
    async process({ picture, number }) {
      await wait(INFERENCE_MS);
      expect(picture.data.at(-1)).toBe(number % 256);
      return { found: number };
    },
  }),
});

test(`a camera of ${RATE} pictures a second before a detector of 10, for ${MINUTES} minutes`, {
  timeout: 120_000,
}, async () => {
  await using engine = await testEngine();
  const results: { readonly number: number; readonly age: number }[] = [];
  /** Bytes of the arena at each result, and of the heap a minute after the begin and at the end. */
  const arena: number[] = [];
  const heap: number[] = [];
  const result = testNode('result', {
    effects: 'shows',
    inputs: { found: pin.integer(), taken: pin.number() },
    outputs: {},
    run({ found, taken }) {
      results.push({ number: found, age: performance.now() - taken });
      arena.push(engine.engine.store.stats().arena.liveBytes);
      if (results.length === 600 || results.length === 3000) heap.push(heapBytes());
      return {};
    },
  });
  const count = MINUTES * 60 * RATE;
  const plan = planOf({ camera: camera(count), detector, result }, [
    'camera.picture -> detector.picture',
    'camera.number -> detector.number',
    'detector.found -> result.found',
    'camera.taken -> result.taken',
  ]);
  let over = false;
  const running = engine.run(plan).finally(() => {
    over = true;
  });
  while (!over) {
    await turn();
    await turn();
    vi.advanceTimersToNextTimer();
  }
  const { summary } = await running;

  const { items, dropped } = summary.streams.camera;
  expect(items + dropped).toBe(count);
  expect(results.map(({ number }) => number)).toEqual(results.map(({ number }) => number).sort((a, b) => a - b));
  expect(results.length).toBe(items);
  // The detector never waits for the camera.
  expect(items).toBeGreaterThanOrEqual(MINUTES * 60 * 10);
  expect(results.at(-1)?.number).toBe(count - 1);
  // The last one has no newer one to take its place while it waits.
  const last = results.pop();
  expect(Math.max(...results.map(({ age }) => age))).toBeLessThanOrEqual(2 * INFERENCE_MS);
  expect(last?.age).toBeLessThanOrEqual(2 * INFERENCE_MS + 1000 / RATE + 1);
  // Two in flight, one that waits and one that is being made.
  expect(Math.max(...arena)).toBeLessThanOrEqual(4 * 2 * 160 * 120 * 3);
  expect(heap[1] - heap[0]).toBeLessThan(10 * MB);
  await engine.expectNothingHeld();
});
