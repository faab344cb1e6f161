import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import camera from '../../../nodes/video/camera.ts';
import frameAt from '../../../nodes/video/frame-at.ts';
import info from '../../../nodes/video/info.ts';
import read from '../../../nodes/video/read.ts';
import write from '../../../nodes/video/write.ts';
import type { Frame } from '../../../src/shared/node-api/weft.ts';
import { gradients, makeVideo, pattern, probe } from '../../isolates/media/made-videos.ts';
import { MediaWorkbench } from '../../isolates/media/workbench.ts';
import { frameOf } from '../../shared/node-api/frames.ts';
import { HeapContext, itemsOf, runNode, withDefaults } from '../node-context.ts';

interface Item {
  readonly frame: Frame;
  readonly index: number;
  readonly seconds: number;
}

let bench: MediaWorkbench;
let film: string;

beforeAll(() => {
  bench = new MediaWorkbench();
  film = makeVideo(bench.file('film.mp4'), ...pattern(2));
});

afterAll(() => bench[Symbol.asyncDispose]());

const context = () => new HeapContext({ media: bench.media });

describe('video/read', () => {
  test('gives every frame with its number and time, and says beforehand how many there will be', async () => {
    const ctx = context();
    const items = await itemsOf<Item>(read, { path: film }, ctx);
    expect(items.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, k) => k));
    expect(items[13].seconds).toBeCloseTo(1.3, 5);
    expect(ctx.expected).toBe(20);
    expect(ctx.fingerprinted).toEqual([film]);
    expect(ctx.logged).toEqual([]);
  });

  test('expects as many frames as the part that is asked for has', async () => {
    const ctx = context();
    const items = await itemsOf<Item>(read, { path: film, start: 0.5, end: 1.5, step: 3 }, ctx);
    expect(items.length).toBe(4);
    expect(ctx.expected).toBe(4);
  });

  test('ends its process when nobody takes further frames', async () => {
    if (!('source' in read)) throw new Error('video/read is no source.');
    for await (const item of read.source(withDefaults(read, { path: film }), context())) {
      expect(item).toMatchObject({ index: 0 });
      break;
    }
    expect(bench.videos.stats().processes.every(({ busy }) => !busy)).toBe(true);
  });
});

describe('video/camera', () => {
  test('gives frames of the test pattern for as long as it is told', async () => {
    const inputs = { device: 'pattern', width: 64, height: 48, fps: 50, duration: 0.3 };
    const items = await itemsOf<Item>(camera, inputs, context());
    expect(items.length).toBe(15);
    expect([items[0].frame.width, items[0].frame.height]).toEqual([64, 48]);
    expect(items[0].seconds).toBe(0);
  });

  test('plays a file in place of a camera', async () => {
    const items = await itemsOf<Item>(camera, { device: film, duration: 0.5 }, context());
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });

  test('that is not there is refused with a way to find those that are', async () => {
    await expect(itemsOf(camera, { device: '97' }, context())).rejects.toMatchObject({
      code: 'E_CAMERA',
      message: expect.stringContaining('weft doctor'),
    });
  });
});

describe('video/info', () => {
  test('tells what a video says of itself', async () => {
    const { info: all, ...parts } = await runNode(info, { path: film }, context());
    expect(parts).toEqual({ width: 64, height: 48, fps: 10, frames: 20, seconds: 2 });
    expect(all).toMatchObject({ codec: 'h264', rotation: 0, audio: null });
  });
});

describe('video/frame-at', () => {
  test('gives the frame that is shown at a time, the same as among all', async () => {
    const items = await itemsOf<Item>(read, { path: film }, context());
    const { frame, shown } = await runNode<{ frame: Frame; shown: number }>(
      frameAt,
      { path: film, seconds: 1.37 },
      context(),
    );
    expect(shown).toBeCloseTo(1.3, 5);
    expect(Buffer.compare(frame.data, items[13].frame.data)).toBe(0);
  });

  test('behind the end is refused with the length', async () => {
    await expect(runNode(frameAt, { path: film, seconds: 60 }, context())).rejects.toMatchObject({
      code: 'E_VALUE',
      message: 'film.mp4 has no frame at 60 s: it is 2.00 s long.',
    });
  });
});

describe('video/write', () => {
  async function written(items: readonly object[], inputs: object): Promise<HeapContext> {
    if (!('open' in write)) throw new Error('video/write holds no state.');
    const all = withDefaults(write, { ...inputs });
    const ctx = context();
    const opened = await write.open(all, ctx);
    try {
      for (const item of items) await opened.process({ ...all, ...item }, ctx);
      return ctx;
    } finally {
      await opened.close?.('end');
    }
  }

  test('writes frames with their times, and the sound when asked', async () => {
    const tone = makeVideo(
      bench.file('tone.mp4'),
      ...[...gradients(1), '-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac'],
    );
    const items = (await itemsOf<Item>(read, { path: tone }, context())).map(({ frame }) => ({ image: frame }));
    await written(items, { path: bench.file('written.mp4'), audio: true });
    expect(probe(bench.file('written.mp4'))).toMatchObject({ frames: 10, sound: 'aac' });
  });

  test('says once when there is no sound that it could copy', async () => {
    const items = [0, 1, 2].map((seconds) => ({ image: frameOf(64, 48, () => 90, { seconds }) }));
    const { logged } = await written(items, { path: bench.file('silent.mp4'), audio: true });
    expect(logged).toEqual([{ level: 'warning', message: expect.stringContaining('no sound to copy') }]);
  });

  test('gives pictures the time of the frames that they were made from', async () => {
    const items = [0, 0.3, 1].map((seconds) => {
      const frame = frameOf(64, 48, () => 90, { seconds });
      return { image: frame.image(), frame };
    });
    await written(items, { path: bench.file('timed.mp4') });
    expect(probe(bench.file('timed.mp4')).times).toEqual([0, 0.3, 1]);
  });
});
