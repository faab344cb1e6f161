import { describe, expect, test } from 'vitest';
import filter from '../../../nodes/detect/filter.ts';
import type { Detections } from '../../../src/shared/node-api/detections.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf } from './detections.ts';

async function kept(scores: number[], inputs: object = {}): Promise<number[]> {
  const found = scores.map((score, classId) => ({ box: [0, 0, 1, 1] as const, score, classId: classId % 3 }));
  const { detections } = await runNode<{ detections: Detections }>(filter, {
    detections: detectionsOf(found),
    ...inputs,
  });
  return Array.from(detections.scores.keys(), (i) =>
    scores.indexOf(scores.find((s) => Math.fround(s) === detections.scores[i]) ?? -1),
  );
}

describe('detect/filter', () => {
  test('the threshold is inclusive: [.25, .2499, .9] at .25 keeps 2', async () => {
    expect(await kept([0.25, 0.2499, 0.9], { confidence: 0.25 })).toEqual([0, 2]);
  });

  test.each([0.1, 0.3, 0.6, 0.7, 0.9])(
    'a score of %f passes the same threshold though it is no float32',
    async (score) => {
      expect(await kept([score, score - 1e-6], { confidence: score })).toEqual([0]);
    },
  );

  test('a score of NaN never passes', async () => {
    expect(await kept([Number.NaN, 0, 1], { confidence: 0 })).toEqual([1, 2]);
  });

  test('keeps only the classes wanted', async () => {
    expect(await kept([0.5, 0.6, 0.7, 0.8], { classes: ['bus', 'knife'] })).toEqual([1, 2]);
  });

  test('an empty list of classes keeps nothing', async () => {
    expect(await kept([0.5, 0.6], { classes: [] })).toEqual([]);
  });

  test('refuses a class that the model does not know', async () => {
    await expect(kept([0.5], { classes: ['buss'] })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: 'The model knows no class `buss`: choose person, bus, knife.',
    });
  });

  test('classes without names go by `class 17`', async () => {
    const detections = detectionsOf([{ box: [0, 0, 1, 1], score: 1, classId: 17 }], undefined, []);
    const result = await runNode<{ detections: Detections }>(filter, { detections, classes: ['class 17'] });
    expect(result.detections.count).toBe(1);
  });

  test('nothing in, nothing out', async () => {
    expect(await kept([])).toEqual([]);
  });
});
