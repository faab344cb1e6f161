import { describe, expect, test } from 'vitest';
import { frameBytes } from '../../../src/shared/node-api/frame.ts';
import type { CameraNews } from '../../../src/shared/protocol/camera.ts';
import { cameraNewsSchema, cameraRequestSchema } from '../../../src/shared/protocol/camera-schemas.ts';
import { decode, encode } from '../../../src/shared/protocol/encode.ts';

const FRAME: CameraNews & { news: 'frame' } = {
  news: 'frame',
  capture: 'c',
  index: 3,
  seconds: 0.1,
  width: 5,
  height: 3,
  colour: { matrix: 'bt709', full: true },
  planes: new Uint8Array(frameBytes(5, 3)).map((_, k) => k),
};

describe('what a window tells of a camera', () => {
  test('comes through a message with its planes', () => {
    expect(cameraNewsSchema.parse(decode(encode(FRAME)))).toEqual(FRAME);
  });

  test.each([
    ['planes of another size', { ...FRAME, width: 6 }],
    ['a frame without rows', { ...FRAME, height: 0, planes: new Uint8Array(0) }],
    ['a frame larger than any camera', { ...FRAME, width: 100_000 }],
    ['an index between two frames', { ...FRAME, index: 0.5 }],
    ['a time that is none', { ...FRAME, seconds: Number.NaN }],
    ['planes that are no bytes', { ...FRAME, planes: Array.from(FRAME.planes) }],
    ['a reason that nobody knows', { news: 'failed', capture: 'c', why: 'bored' }],
    ['no capture', { news: 'lost' }],
  ])('is refused with %s', (_what, news) => {
    expect(cameraNewsSchema.safeParse(news).success).toBe(false);
  });
});

test('a window is not asked for a picture that no camera gives', () => {
  const open = { ask: 'open', capture: 'c', device: '0', width: 640, height: 480, fps: 30 };
  expect(cameraRequestSchema.safeParse(open).success).toBe(true);
  expect(cameraRequestSchema.safeParse({ ...open, width: 0 }).success).toBe(false);
  expect(cameraRequestSchema.safeParse({ ...open, fps: Number.POSITIVE_INFINITY }).success).toBe(false);
});
