import { expect, test } from 'vitest';
import { planesFromNv12, planesFromRgba } from '../../../src/renderer/camera/planar.ts';
import { frameBytes } from '../../../src/shared/node-api/frame.ts';
import { rgbToYuv } from '../../../src/shared/node-api/yuv.ts';

const ODD = { width: 3, height: 3 };

test('NV12 becomes three planes, of odd sizes too', () => {
  const luma = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const from = Uint8Array.from([...luma, 10, 20, 11, 21, 12, 22, 13, 23]);
  const into = new Uint8Array(frameBytes(3, 3));
  planesFromNv12(from, into, ODD);
  expect([...into]).toEqual([...luma, 10, 11, 12, 13, 20, 21, 22, 23]);
});

test.each([
  ['black', [0, 0, 0]],
  ['white', [255, 255, 255]],
  ['red', [255, 0, 0]],
  ['green', [0, 255, 0]],
  ['blue', [0, 0, 255]],
  ['a skin', [224, 172, 105]],
] as const)('%s in RGBA becomes the samples that BT.601 says', (_name, [red, green, blue]) => {
  const from = new Uint8Array(9 * 4);
  for (let at = 0; at < from.length; at += 4) from.set([red, green, blue, 255], at);
  const into = new Uint8Array(frameBytes(3, 3));
  planesFromRgba(from, into, ODD);
  const [y, u, v] = rgbToYuv([red / 255, green / 255, blue / 255], { matrix: 'bt601', full: false });
  for (const [k, sample] of into.entries()) {
    expect(Math.abs(sample - (k < 9 ? y : k < 13 ? u : v))).toBeLessThanOrEqual(1);
  }
});
