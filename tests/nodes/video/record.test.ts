import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import record from '../../../nodes/video/record.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { probe } from '../../isolates/media/made-videos.ts';
import { MediaWorkbench } from '../../isolates/media/workbench.ts';
import { frameOf } from '../../shared/node-api/frames.ts';
import { HeapContext, processAll } from '../node-context.ts';

let bench: MediaWorkbench;

beforeAll(() => {
  bench = new MediaWorkbench();
});

afterAll(() => bench[Symbol.asyncDispose]());

/** What the node gives for each of so many frames, 25 a second, when it is on for those that `on` names. */
async function recorded(name: string, frames: number, on: (frame: number) => boolean): Promise<unknown[]> {
  const items = Array.from({ length: frames }, (_, k) => ({
    image: frameOf(64, 48, () => k * 4, { index: k, seconds: k / 25 }),
    on: on(k),
    path: bench.file(name),
  }));
  return processAll(record, items, new HeapContext({ media: bench.media }));
}

test('a recording has the frames that came while it was on, from its own beginning', async () => {
  const given = await recorded('one.mp4', 30, (k) => k >= 10 && k < 25);
  const { frames, times, seconds } = probe(bench.file('one.mp4'));
  expect(frames).toBe(15);
  expect(times[0]).toBe(0);
  expect(seconds).toBeCloseTo(0.6, 2);
  expect(given.map((result) => result !== SKIP)).toEqual(given.map((_, k) => k === 10));
  expect(given[10]).toEqual({ path: bench.file('one.mp4') });
});

test('each time it is on again there is a new file, and none is written over', async () => {
  const given = await recorded('again.mp4', 40, (k) => Math.floor(k / 5) % 2 === 1);
  const files = given.flatMap((result) => (result === SKIP ? [] : [(result as { path: string }).path]));
  expect(files.map((file) => basename(file))).toEqual(['again.mp4', 'again-2.mp4', 'again-3.mp4', 'again-4.mp4']);
  expect(files.map((file) => probe(file).frames)).toEqual([5, 5, 5, 5]);
  const [later] = (await recorded('again.mp4', 3, () => true)) as [{ path: string }];
  expect(basename(later.path)).toBe('again-5.mp4');
});

test('there is no file while it is off', async () => {
  await recorded('none.mp4', 5, () => false);
  expect(existsSync(bench.file('none.mp4'))).toBe(false);
});
