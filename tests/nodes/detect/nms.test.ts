import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import nms from '../../../nodes/detect/nms.ts';
import { Detections, type Origin } from '../../../src/shared/node-api/detections.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf, type Found } from './detections.ts';

async function survivors(found: readonly Found[], inputs: object = {}): Promise<Detections> {
  const { detections } = await runNode<{ detections: Detections }>(nms, { detections: detectionsOf(found), ...inputs });
  return detections;
}

/** Suppression as it is defined: while boxes are left, take the best and strike out all that overlap it. */
function naive(found: readonly Found[], iou: number, perClass: boolean): Found[] {
  const area = ([l, t, r, b]: Found['box']) => (r - l) * (b - t);
  const overlap = (a: Found['box'], b: Found['box']) => {
    const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
    const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
    return (width * height) / (area(a) + area(b) - width * height);
  };
  let left = [...found];
  const kept: Found[] = [];
  while (left.length > 0) {
    const best = left.reduce((a, b) => (b.score > a.score ? b : a));
    kept.push(best);
    left = left.filter(
      (other) =>
        other !== best && ((perClass && other.classId !== best.classId) || !(overlap(best.box, other.box) > iou)),
    );
  }
  return kept;
}

const someFound = fc.array(
  fc
    .record({
      left: fc.integer({ min: 0, max: 60 }),
      top: fc.integer({ min: 0, max: 60 }),
      width: fc.integer({ min: 1, max: 60 }),
      height: fc.integer({ min: 1, max: 60 }),
      // Eighths: exact in float32, and often equal.
      score: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      classId: fc.integer({ min: 0, max: 2 }),
    })
    .map(
      ({ left, top, width, height, score, classId }): Found => ({
        box: [left, top, left + width, top + height],
        score,
        classId,
      }),
    ),
  { maxLength: 60 },
);

describe('detect/nms', () => {
  test('keeps both of the disjoint boxes [300,300,340,340] and [360,300,400,340]', async () => {
    const kept = await survivors([
      { box: [300, 300, 340, 340], score: 0.9 },
      { box: [360, 300, 400, 340], score: 0.8 },
    ]);
    expect(kept.count).toBe(2);
  });

  test('keeps the better of two boxes of one object, whichever comes first', async () => {
    const worse: Found = { box: [10, 10, 50, 50], score: 0.5 };
    const better: Found = { box: [11, 10, 51, 50], score: 0.75 };
    for (const order of [
      [worse, better],
      [better, worse],
    ]) {
      const kept = await survivors(order);
      expect([...kept.scores]).toEqual([0.75]);
      expect([...kept.boxes]).toEqual([11, 10, 51, 50]);
    }
  });

  test('a box of another class suppresses only when classes are taken together', async () => {
    const found: Found[] = [
      { box: [0, 0, 10, 10], score: 0.9, classId: 0 },
      { box: [0, 0, 10, 10], score: 0.8, classId: 1 },
    ];
    expect((await survivors(found, { perClass: true })).count).toBe(2);
    expect((await survivors(found, { perClass: false })).count).toBe(1);
  });

  test('an overlap of exactly the threshold is still two objects', async () => {
    const found: Found[] = [
      { box: [0, 0, 2, 2], score: 0.9 },
      { box: [0, 0, 2, 1], score: 0.8 },
    ];
    expect((await survivors(found, { iou: 0.5 })).count).toBe(2);
    expect((await survivors(found, { iou: 0.49 })).count).toBe(1);
  });

  test('agrees with the definition on random boxes', async () => {
    await fc.assert(
      fc.asyncProperty(someFound, fc.constantFrom(0, 0.3, 0.45, 0.9), fc.boolean(), async (found, iou, perClass) => {
        const kept = await survivors(found, { iou, perClass });
        const expected = detectionsOf(naive(found, iou, perClass));
        expect(kept).toEqual(expected);
      }),
    );
  });

  test('the highest score comes first, and the limit keeps the highest', async () => {
    const found = [0.25, 1, 0.5, 0.75].map((score, i): Found => ({ box: [i * 20, 0, i * 20 + 10, 10], score }));
    expect([...(await survivors(found)).scores]).toEqual([1, 0.75, 0.5, 0.25]);
    expect([...(await survivors(found, { limit: 2 })).scores]).toEqual([1, 0.75]);
    expect((await survivors(found, { limit: 0 })).count).toBe(4);
  });

  test('drops a score of NaN, which could suppress nothing and outrank nothing', async () => {
    const kept = await survivors([
      { box: [0, 0, 10, 10], score: Number.NaN },
      { box: [0, 0, 10, 10], score: 0.5 },
    ]);
    expect([...kept.scores]).toEqual([0.5]);
  });

  test('boxes without area suppress nothing', async () => {
    const point: Found = { box: [5, 5, 5, 5], score: 0.5 };
    expect((await survivors([point, point])).count).toBe(2);
  });

  test('nothing in, nothing out', async () => {
    expect((await survivors([])).count).toBe(0);
  });

  test('leaves boxes of a model alone that gives each object once, and keeps the surest where there is a limit', async () => {
    const same = { box: [0, 0, 10, 10], classId: 0 } as const;
    const { boxes, scores, classIds, labels, space } = detectionsOf(
      [0.5, 0.75, 0.25].map((score) => ({ ...same, score })),
    );
    const origin: Origin = { candidates: Int32Array.of(4, 5, 6), oneEach: true };
    const detections = new Detections(boxes, scores, classIds, labels, space, origin);
    const all = await runNode<{ detections: Detections }>(nms, { detections });
    expect([...all.detections.scores]).toEqual([0.75, 0.5, 0.25]);
    const two = await runNode<{ detections: Detections }>(nms, { detections, limit: 2 });
    expect(two.detections.origin).toEqual({ candidates: Int32Array.of(5, 4), oneEach: true });
  });
});
