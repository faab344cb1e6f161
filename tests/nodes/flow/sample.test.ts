import { describe, expect, test } from 'vitest';
import sample from '../../../nodes/flow/sample.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { Frame, frameBytes } from '../../../src/shared/node-api/frame.ts';
import { HeapContext, processAll } from '../node-context.ts';

function frameAt(seconds: number): Frame {
  const video = { width: 2, height: 2, fps: 24, frames: null, duration: null } as unknown as Frame['video'];
  const parts = { width: 2, height: 2, colour: { matrix: 'bt709', full: false } as const };
  return new Frame({ ...parts, index: 0, seconds, duration: 0, video }, new Uint8Array(frameBytes(2, 2)));
}

async function taken(values: readonly unknown[], params: Record<string, number>) {
  const results = await processAll<unknown>(
    sample,
    values.map((value) => ({ value, ...params })),
  );
  return values.filter((_, k) => results[k] !== SKIP);
}

describe('flow/sample', () => {
  test('takes the first of every so many items', async () => {
    expect(await taken([0, 1, 2, 3, 4, 5, 6], { every: 3 })).toEqual([0, 3, 6]);
    expect(await taken([0, 1, 2], {})).toEqual([0, 1, 2]);
  });

  test('tells which item of its source each is', async () => {
    const [result] = await processAll(sample, [{ value: 'x' }], new HeapContext({ item: 7 }));
    expect(result).toEqual({ value: 'x', index: 7 });
  });

  test.each([24, 30, 59.94])('takes at most so many frames for each second of a video at %d fps', async (fps) => {
    const frames = Array.from({ length: Math.round(fps * 4) }, (_, k) => frameAt(Math.round((k * 1000) / fps) / 1000));
    const seconds = (await taken(frames, { perSecond: 5 })).map((frame) => (frame as Frame).seconds);
    expect(seconds).toHaveLength(20);
    for (const [k, time] of seconds.entries()) expect(Math.abs(time - k / 5)).toBeLessThan(1 / fps + 0.001);
  });

  test('takes all frames of a video that has fewer', async () => {
    const frames = [0, 0.5, 1, 1.5].map(frameAt);
    expect(await taken(frames, { perSecond: 10 })).toEqual(frames);
  });

  test('refuses to go by the time of what has none', async () => {
    await expect(taken([1], { perSecond: 2 })).rejects.toMatchObject({ code: 'E_VALUE', place: { pin: 'perSecond' } });
  });
});
