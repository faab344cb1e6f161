import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { bestClasses, type ScoreLayout } from '../../../nodes/detect/shared/best-class.ts';
import { SOURCE_DIGEST } from '../../../nodes/detect/shared/best-class-code.ts';
import { HeapContext } from '../node-context.ts';

/** Scores in no order, with equal ones among them, and some that are no numbers. */
function scoresOf(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const step = Math.imul(i + 1, 2654435761) >>> 0;
    return step % 97 === 0 ? Number.NaN : (step % 31) / 31 - 0.5;
  });
}

/** The same by the definition. */
function byDefinition(values: Float32Array, { start, stride, candidates, classCount, rows }: ScoreLayout) {
  const best = { scores: [] as number[], classIds: [] as number[] };
  for (let candidate = 0; candidate < candidates; candidate++) {
    let [score, winner] = [Number.NaN, 0];
    for (let id = 0; id < classCount; id++) {
      const value = values[start + (rows === 'classes' ? id * stride + candidate : candidate * stride + id)];
      if (value > score || (Number.isNaN(score) && !Number.isNaN(value))) [score, winner] = [value, id];
    }
    best.scores.push(score);
    best.classIds.push(winner);
  }
  return best;
}

describe('the best class of each candidate, the first of equal ones', () => {
  test.each<ScoreLayout>([
    { rows: 'classes', start: 40, stride: 10, candidates: 10, classCount: 3 },
    { rows: 'classes', start: 0, stride: 4099, candidates: 4099, classCount: 7 },
    { rows: 'classes', start: 12, stride: 9000, candidates: 8997, classCount: 2 },
    { rows: 'candidates', start: 5, stride: 85, candidates: 300, classCount: 80 },
    { rows: 'candidates', start: 0, stride: 1, candidates: 5000, classCount: 1 },
    { rows: 'candidates', start: 4, stride: 11, candidates: 777, classCount: 6 },
    { rows: 'candidates', start: 2, stride: 5003, candidates: 5, classCount: 5001 },
  ])('$candidates candidates, $classCount classes, by $rows', (layout) => {
    const { start, stride, candidates, classCount, rows } = layout;
    const values = scoresOf(start + (rows === 'classes' ? classCount : candidates) * stride);
    const { scores, classIds } = bestClasses(values, layout, new HeapContext());
    const wanted = byDefinition(values, layout);
    expect([...classIds]).toEqual(wanted.classIds);
    expect([...scores]).toEqual(wanted.scores);
  });
});

test('a candidate without a number has no score', () => {
  const values = new Float32Array(12).fill(Number.NaN);
  values[5] = -0.5;
  const layout = { rows: 'candidates', start: 0, stride: 4, candidates: 3, classCount: 4 } as const;
  const { scores, classIds } = bestClasses(values, layout, new HeapContext());
  expect([...scores]).toEqual([Number.NaN, -0.5, Number.NaN]);
  expect([...classIds]).toEqual([0, 1, 0]);
});

test('the WebAssembly is that of the source', async () => {
  const source = await readFile(new URL('../../../tools/kernels/best-class.ts', import.meta.url));
  expect(SOURCE_DIGEST).toBe(createHash('sha256').update(source).digest('hex'));
});
