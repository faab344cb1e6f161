import { describe, expect, test } from 'vitest';
import track from '../../../nodes/detect/track.ts';
import type { Detections } from '../../../src/shared/node-api/detections.ts';
import { processAll } from '../node-context.ts';
import { detectionsOf, type Found } from './detections.ts';
import { idf1 } from './tracking/idf1.ts';
import { detect, sceneOf } from './tracking/scene.ts';

interface Tracked {
  readonly detections: Detections;
  readonly count: number;
}

async function tracked(pictures: readonly Detections[], inputs: object = {}): Promise<Tracked[]> {
  return processAll<Tracked>(
    track,
    pictures.map((detections) => ({ detections, ...inputs })),
  );
}

async function idsOf(pictures: readonly (readonly Found[])[], inputs: object = {}): Promise<number[][]> {
  const results = await tracked(
    pictures.map((found) => detectionsOf(found)),
    inputs,
  );
  return results.map(({ detections }) => [...(detections.tracks ?? [])]);
}

/** An object 40 pixels wide, `step` pixels further to the right in each picture. */
function walk(picture: number, score = 0.9, step = 8, classId = 0): Found {
  const left = 100 + picture * step;
  return { box: [left, 100, left + 40, 180], score, classId };
}

describe('detect/track', () => {
  test('an object keeps its number while it moves', async () => {
    expect(await idsOf([0, 1, 2, 3].map((k) => [walk(k)]))).toEqual([[1], [1], [1], [1]]);
  });

  test('an object that is hidden for a moment has its number again', async () => {
    const pictures = Array.from({ length: 20 }, (_, k) => (k >= 8 && k < 14 ? [] : [walk(k)]));
    expect((await idsOf(pictures)).at(-1)).toEqual([1]);
  });

  test('one that stays away longer than the memory is a new one', async () => {
    const pictures = Array.from({ length: 20 }, (_, k) => (k >= 8 && k < 14 ? [] : [walk(k)]));
    expect((await idsOf(pictures, { memory: 3 })).at(-1)).toEqual([2]);
  });

  test('an unsure detection goes on with an object, but begins none', async () => {
    const faint = { box: [400, 300, 440, 340] as const, score: 0.3 };
    const ids = await idsOf([0, 1, 2, 3].map((k) => [walk(k, k < 2 ? 0.9 : 0.2), faint]));
    expect(ids).toEqual([[1], [1], [1], [1]]);
  });

  test('a flicker of one picture gets no number', async () => {
    const flicker = { box: [400, 300, 440, 340] as const, score: 0.9 };
    const ids = await idsOf([0, 1, 2, 3].map((k) => (k === 2 ? [walk(k), flicker] : [walk(k)])));
    expect(ids).toEqual([[1], [1], [1], [1]]);
  });

  test('objects of different classes that meet keep their numbers', async () => {
    const ids = await idsOf(Array.from({ length: 12 }, (_, k) => [walk(k), { ...walk(11 - k), classId: 1 }]));
    expect(new Set(ids.map((pair) => pair.join()))).toEqual(new Set(['1,2']));
  });

  test('tells how many objects there were', async () => {
    const far = { box: [400, 300, 440, 340] as const, score: 0.9 };
    const results = await tracked([0, 1, 2].map((k) => detectionsOf(k > 0 ? [walk(k), far] : [walk(k)])));
    expect(results.map(({ count }) => count)).toEqual([1, 1, 2]);
  });

  test('pictures with nothing in them are no trouble', async () => {
    expect(await idsOf([[], [], [walk(0)], [walk(1)], []])).toEqual([[], [], [], [1], []]);
  });

  test('keeps objects apart that walk behind one another: IDF1 of at least 0.95 over ten scenes', async () => {
    const scores: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const scene = sceneOf(seed, 8, 300);
      const results = await tracked(scene.map((picture, k) => detect(picture, seed * 1000 + k)));
      const found = results.map(({ detections }) => detections);
      scores.push(idf1(scene, found));
    }
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThanOrEqual(0.95);
  });
});
