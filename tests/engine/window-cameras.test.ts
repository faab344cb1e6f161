import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import camera from '../../nodes/video/camera.ts';
import { Frame, frameBytes } from '../../src/shared/node-api/frame.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import type { RunEvent } from '../../src/shared/protocol/run-events.ts';
import { FakeWindow } from './fake-window.ts';
import { planOf, sink, type TestEngine, type TestRun, testEngine, testNode } from './test-graph.ts';

let engine: TestEngine;
const window = new FakeWindow('w');

beforeAll(async () => {
  engine = await testEngine({ askCamera: (whom, request) => window.asked(whom, request) });
  window.tell = (news) => engine.engine.windowCameras?.take('w', news);
});
afterEach(async () => {
  window.reset();
  engine.engine.previews.forget('w');
  await engine.expectNothingHeld();
});
afterAll(() => engine[Symbol.asyncDispose]());

/** A camera node with what follows it, in a run that the window shows. */
function see(nodes: Parameters<typeof planOf>[0], wires: readonly string[], params = {}) {
  const events: RunEvent[] = [];
  let id = '';
  const plan = planOf({ see: { use: camera, params: { device: '0', width: 64, height: 48, ...params } }, ...nodes }, [
    ...wires,
  ]);
  const run = engine.run(plan, {
    shownIn: { window: 'w' },
    started: (started) => (id = started),
    event: (event) => events.push(event),
  });
  return { run, events, id: () => id };
}

function endedWith({ events }: TestRun) {
  const end = events.find((event) => event.event === 'node.finished' && event.node === 'see');
  return end?.event === 'node.finished' ? end : undefined;
}

/** Takes `ms` for each frame, one after the other. */
function slow(ms: number, began: (frame: Frame) => void = () => {}) {
  return testNode('slow', {
    inputs: { frame: pin.frame() },
    outputs: { index: pin.integer() },
    open: () => ({
      async process({ frame }) {
        began(frame);
        await wait(ms);
        return { index: frame.index };
      },
    }),
  });
}

describe('a camera of the window', () => {
  test('is opened as the node wishes, and its frames arrive with their planes, number and time', async () => {
    const frames: { first: number; last: number; bytes: number; width: number; index: number; seconds: number }[] = [];
    const look = testNode('look', {
      effects: 'shows',
      inputs: { frame: pin.frame() },
      outputs: {},
      run({ frame: { data, width, index, seconds } }) {
        frames.push({ first: data[0], last: data[data.length - 1], bytes: data.length, width, index, seconds });
        return {};
      },
    });
    const { run } = see({ look }, ['see.frame -> look.frame'], { duration: 0.35, fps: 10 });
    await window.opened();
    expect(window.requests[0]).toMatchObject({ ask: 'open', device: '0', width: 64, height: 48, fps: 10 });
    for (let k = 0; k < 5; k++) await window.give();
    expect((await run).summary.status).toBe('done');
    expect(frames).toEqual(
      [0, 1, 2, 3].map((k) => ({ first: k, last: k, bytes: frameBytes(64, 48), width: 64, index: k, seconds: k / 10 })),
    );
    expect(window.requests.at(-1)?.ask).toBe('close');
  });

  test('is asked for a frame only when one may enter; those that were left out are counted', async () => {
    const received: unknown[] = [];
    const { run, id } = see({ slow: slow(40), sink: sink((value) => received.push(value)) }, [
      'see.frame -> slow.frame',
      'slow.index -> sink.value',
    ]);
    await window.opened();
    window.film(5);
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(12), 20_000);
    window.stopFilm();
    await vi.waitFor(() => expect(received.length).toBe(window.sent), 20_000);
    engine.engine.finish(id());
    const { summary } = await run;
    const { items, dropped } = summary.streams.see;
    // What came over entered, and nothing more came over.
    expect(items).toBe(window.sent);
    expect(dropped).toBeGreaterThan(0);
    expect(items + dropped).toBe(window.lastSent + 1);
    expect(received).toEqual(received.toSorted((a, b) => Number(a) - Number(b)));
  });

  test('gives every frame to a graph that keeps up', async () => {
    const received: unknown[] = [];
    const { run } = see({ sink: sink((value) => received.push(value)) }, ['see.index -> sink.value'], {
      duration: 1.95,
      fps: 10,
    });
    await window.opened();
    for (let k = 0; k < 21; k++) await window.give();
    expect((await run).summary.streams.see).toMatchObject({ items: 20, dropped: 0 });
    expect(received).toEqual([...Array(20).keys()]);
  });

  test.each([
    ['denied', 'E_CAMERA_DENIED'],
    ['missing', 'E_CAMERA_MISSING'],
    ['busy', 'E_CAMERA_BUSY'],
    ['insecure', 'E_CAMERA'],
    ['unsupported', 'E_CAMERA'],
  ] as const)('that is %s fails its node with %s, in one sentence', async (why, code) => {
    const { run } = see({ sink: sink(() => {}) }, ['see.frame -> sink.value']);
    await window.fail(why);
    const error = endedWith(await run)?.error;
    expect(error).toMatchObject({ code, node: 'see', message: expect.stringMatching(/^Camera 0 .*[^.]\.$/) });
    expect(window.requests.at(-1)?.ask).toBe('close');
  });

  test('that was unplugged is waited for: the node says so, and the run goes on when it is back', async () => {
    const received: unknown[] = [];
    const { run, events, id } = see({ sink: sink((value) => received.push(value)) }, ['see.index -> sink.value']);
    await window.opened();
    await window.give();
    window.say({ news: 'lost' });
    const waits = () => events.flatMap((event) => (event.event === 'node.waiting' ? [event.error?.code ?? null] : []));
    await vi.waitFor(() => expect(waits()).toEqual(['E_CAMERA_LOST']), 20_000);
    window.say({ news: 'back' });
    await window.give();
    await vi.waitFor(() => expect(received).toEqual([0, 1]), 20_000);
    await vi.waitFor(() => expect(waits()).toEqual(['E_CAMERA_LOST', null]), 20_000);
    engine.engine.finish(id());
    expect((await run).summary.status).toBe('done');
  });

  test.each([
    ['finished', (id: string) => engine.engine.finish(id), 'done'],
    ['stopped', (id: string) => engine.engine.cancel(id), 'cancelled'],
  ] as const)('that was unplugged is closed when the run is %s meanwhile', async (_how, end, status) => {
    const { run, id } = see({ sink: sink(() => {}) }, ['see.frame -> sink.value']);
    await window.opened();
    await window.give();
    window.say({ news: 'lost' });
    end(id());
    expect((await run).summary.status).toBe(status);
    await vi.waitFor(() => expect(window.requests.at(-1)?.ask).toBe('close'));
  });

  test('is closed when another node fails', async () => {
    const bad = testNode('bad', {
      inputs: { frame: pin.frame() },
      outputs: {},
      effects: 'shows',
      run() {
        throw new Error('no');
      },
    });
    const { run } = see({ bad }, ['see.frame -> bad.frame']);
    await window.opened();
    await window.give();
    expect((await run).summary.status).toBe('failed');
    await vi.waitFor(() => expect(window.requests.at(-1)?.ask).toBe('close'));
  });

  test('fails with its window', async () => {
    const { run } = see({ sink: sink(() => {}) }, ['see.frame -> sink.value']);
    await window.opened();
    await window.give();
    engine.engine.windowCameras?.forget('w');
    expect(endedWith(await run)?.error).toMatchObject({ code: 'E_CAMERA' });
  });

  test('whose frames come out of order fails its node', async () => {
    const { run } = see({ sink: sink(() => {}) }, ['see.frame -> sink.value']);
    await window.opened();
    await window.give();
    window.count = 0;
    await window.give();
    expect(endedWith(await run)?.error).toMatchObject({ code: 'E_PROTOCOL' });
  });

  test('takes no news from another window, and none that comes too late', async () => {
    const received: unknown[] = [];
    const { run, id } = see({ sink: sink((value) => received.push(value)) }, ['see.index -> sink.value']);
    await window.opened();
    const { capture } = window.requests[0];
    engine.engine.windowCameras?.take('other', { news: 'failed', capture, why: 'denied' });
    await window.give();
    await vi.waitFor(() => expect(received).toEqual([0]), 20_000);
    engine.engine.finish(id());
    expect((await run).summary.status).toBe('done');
    engine.engine.windowCameras?.take('w', { news: 'failed', capture, why: 'denied' });
  });
});

test('the pattern is made by the engine, also for a window', async () => {
  const received: unknown[] = [];
  const { run } = see({ sink: sink((value) => received.push(value)) }, ['see.frame -> sink.value'], {
    device: 'pattern',
    duration: 0.2,
  });
  expect((await run).summary.status).toBe('done');
  expect(received.every((frame) => frame instanceof Frame)).toBe(true);
  expect(window.requests).toEqual([]);
});
