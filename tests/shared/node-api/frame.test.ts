import { describe, expect, test } from 'vitest';
import type { FrameColour } from '../../../src/shared/node-api/weft.ts';
import { frameOf, plainFrame } from './frames.ts';

const COLOURS: FrameColour[] = (['bt601', 'bt709', 'bt2020'] as const).flatMap((matrix) => [
  { matrix, full: false },
  { matrix, full: true },
]);

describe('a frame as a picture', () => {
  test('has the colours that its samples stand for, whatever the matrix and the range', () => {
    const colours = [
      [0, 0, 0],
      [1, 1, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.2, 0.5, 0.8],
    ] as const;
    for (const colour of COLOURS) {
      for (const rgb of colours) {
        const { data } = plainFrame(2, 2, rgb, colour).image();
        for (let i = 0; i < data.length; i++) expect(Math.abs(data[i] - rgb[i % 3] * 255)).toBeLessThanOrEqual(2);
      }
    }
  });

  test('is converted as ITU-R BT.601 says: 81, 90, 240 is red', () => {
    const red = frameOf(2, 2, (index) => [81, 81, 81, 81, 90, 240][index]);
    expect([...red.image().data.subarray(0, 3)]).toEqual([254, 0, 0]);
  });

  test('gives each block of two by two pixels its own colour, also at odd edges', () => {
    // The chroma planes of 3 × 3 pixels have 2 × 2 samples: 9 of light, 4 of U, 4 of V.
    const frame = frameOf(3, 3, (index) => (index < 9 ? 128 : index === 16 ? 255 : 128));
    const { data } = frame.image();
    const redAt = (x: number, y: number) => data[(y * 3 + x) * 3];
    expect(redAt(2, 2)).toBeGreaterThan(redAt(1, 1));
    expect([redAt(0, 2), redAt(2, 0), redAt(1, 2)]).toEqual([redAt(0, 0), redAt(0, 0), redAt(0, 0)]);
  });

  test('is made once', () => {
    const frame = frameOf(4, 4);
    expect(frame.image()).toBe(frame.image());
  });
});

test('a frame without exactly the samples that its size asks for is refused', () => {
  const frame = frameOf(3, 3);
  expect(() => frame.withData(new Uint8Array(16))).toThrow('A frame of 3×3 has 17 samples, not 16.');
});
