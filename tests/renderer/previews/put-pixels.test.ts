import { expect, test } from 'vitest';
import { toRgba } from '../../../src/renderer/previews/put-pixels.ts';
import { frameBytes } from '../../../src/shared/node-api/frame.ts';
import { yuvToRgb } from '../../../src/shared/node-api/yuv.ts';

test('a frame in planes has the colours that the engine would give it, and is opaque', () => {
  const size = { width: 6, height: 4 };
  const yuv = Uint8Array.from({ length: frameBytes(6, 4) }, (_, k) => (k * 37) % 256);
  const colour = { matrix: 'bt709', full: false } as const;
  const region = { x: 0, y: 0, ...size };
  const rgba = toRgba({ ...size, sourceWidth: 6, sourceHeight: 4, region, yuv, colour });
  const rgb = yuvToRgb({ ...size, data: yuv, colour });
  expect(rgba.length).toBe(96);
  for (let k = 0; k < 24; k++) {
    expect([...rgba.subarray(k * 4, k * 4 + 4)]).toEqual([...rgb.subarray(k * 3, k * 3 + 3), 255]);
  }
});
