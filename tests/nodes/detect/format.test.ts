import { describe, expect, test } from 'vitest';
import format from '../../../nodes/detect/format.ts';
import { ownSpace } from '../../../src/shared/node-api/detections.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf, type Found, LETTERBOXED } from './detections.ts';

describe('detect/format', () => {
  test('lists label, class id, score and [left, top, width, height], rounded to 3 decimals and to tenths', async () => {
    const found: Found[] = [{ box: [671.0912, 376.7241, 810.3004, 880.0281], score: 0.89727 }];
    const result = await runNode(format, { detections: detectionsOf(found, ownSpace(810, 1080)) });
    expect(result).toEqual({
      list: [{ label: 'person', classId: 0, score: 0.897, box: [671.1, 376.7, 139.2, 503.3] }],
    });
  });

  test('the highest score comes first, by the score before it is rounded', async () => {
    const scores = [0.25, 0.50004, 0.50001, 0.50003];
    const detections = detectionsOf(scores.map((score, classId) => ({ box: [0, 0, 1, 1], score, classId })));
    expect(await classIdsOf(detections)).toEqual([1, 3, 2, 0]);
  });

  test('lists as many as the limit says, and all at 0', async () => {
    const detections = detectionsOf(
      [0.1, 0.4, 0.3, 0.2].map((score, classId) => ({ box: [0, 0, 1, 1], score, classId })),
    );
    expect(await classIdsOf(detections, { limit: 3 })).toEqual([1, 2, 3]);
    expect(await classIdsOf(detections, { limit: 0 })).toEqual([1, 2, 3, 0]);
  });

  test('leaves out a score of NaN, which JSON cannot hold', async () => {
    const detections = detectionsOf([
      { box: [0, 0, 1, 1], score: Number.NaN, classId: 1 },
      { box: [0, 0, 1, 1], score: 0.5, classId: 2 },
    ]);
    expect(await classIdsOf(detections)).toEqual([2]);
  });

  test('refuses boxes that are not in pixels of the original', async () => {
    const detections = detectionsOf([{ box: [0, 0, 1, 1], score: 1 }], LETTERBOXED);
    await expect(runNode(format, { detections })).rejects.toMatchObject({
      code: 'E_SPACE',
      message: expect.stringContaining('detect/to-original'),
    });
  });

  test('no detections give an empty list', async () => {
    expect(await runNode(format, { detections: detectionsOf([]) })).toEqual({ list: [] });
  });
});

async function classIdsOf(detections: unknown, inputs: object = {}): Promise<number[]> {
  const { list } = await runNode<{ list: { classId: number }[] }>(format, { detections, ...inputs });
  return list.map(({ classId }) => classId);
}
