import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import toOriginal from '../../../nodes/detect/to-original.ts';
import { Detections, ownSpace, type Space } from '../../../src/shared/node-api/detections.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf, type Found, LETTERBOXED } from './detections.ts';

async function originals(box: Found['box'], space: Space): Promise<Detections> {
  const { detections } = await runNode<{ detections: Detections }>(toOriginal, {
    detections: detectionsOf([{ box, score: 0.5 }], space),
  });
  return detections;
}

describe('detect/to-original', () => {
  test('box [100,180,200,280] at scale .5, padY 140 becomes [200,80,400,280]', async () => {
    const { boxes, space } = await originals([100, 180, 200, 280], LETTERBOXED);
    expect([...boxes]).toEqual([200, 80, 400, 280]);
    expect(space).toEqual(ownSpace(1280, 720));
  });

  test('undoes a stretch that differs in height', async () => {
    const stretched = { ...ownSpace(320, 320), scale: 0.25, scaleY: 0.5, originalWidth: 1280, originalHeight: 640 };
    expect([...(await originals([10, 20, 30, 40], stretched)).boxes]).toEqual([40, 40, 120, 80]);
  });

  test('keeps what is known of the model that found them', async () => {
    const { boxes, scores, classIds, labels, space } = detectionsOf([{ box: [0, 0, 1, 1], score: 0.5 }], LETTERBOXED);
    const origin = { candidates: Int32Array.of(7), oneEach: false };
    const detections = new Detections(boxes, scores, classIds, labels, space, origin);
    expect((await runNode<{ detections: Detections }>(toOriginal, { detections })).detections.origin).toBe(origin);
  });

  test('cuts boxes off at the edges of the original', async () => {
    expect([...(await originals([-10, 0, 700, 640], LETTERBOXED)).boxes]).toEqual([0, 0, 1280, 720]);
  });

  test('is the inverse of a letterbox', async () => {
    const original = fc.record({
      width: fc.integer({ min: 16, max: 4000 }),
      height: fc.integer({ min: 16, max: 4000 }),
    });
    const part = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);
    await fc.assert(
      fc.asyncProperty(original, fc.tuple(part, part, part, part), async ({ width, height }, parts) => {
        const scale = Math.min(640 / width, 640 / height);
        const [padX, padY] = [Math.floor((640 - width * scale) / 2), Math.floor((640 - height * scale) / 2)];
        const space = {
          width: 640,
          height: 640,
          scale,
          scaleY: scale,
          padX,
          padY,
          originalWidth: width,
          originalHeight: height,
        };
        const [x1, x2] = [parts[0] * width, parts[1] * width].sort((a, b) => a - b);
        const [y1, y2] = [parts[2] * height, parts[3] * height].sort((a, b) => a - b);
        const { boxes } = await originals(
          [x1 * scale + padX, y1 * scale + padY, x2 * scale + padX, y2 * scale + padY],
          space,
        );
        // Boxes are float32, and 640 pixels are scaled up to as many as 4000.
        for (const [i, expected] of [x1, y1, x2, y2].entries())
          expect(Math.abs(boxes[i] - expected)).toBeLessThan(1e-3);
      }),
    );
  });

  test('leaves its input as it was', async () => {
    const detections = detectionsOf([{ box: [100, 180, 200, 280], score: 0.5 }], LETTERBOXED);
    await runNode(toOriginal, { detections });
    expect([...detections.boxes]).toEqual([100, 180, 200, 280]);
  });

  test('nothing in, nothing out', async () => {
    const { detections } = await runNode<{ detections: Detections }>(toOriginal, {
      detections: detectionsOf([], LETTERBOXED),
    });
    expect(detections.count).toBe(0);
    expect(detections.space).toEqual(ownSpace(1280, 720));
  });
});
