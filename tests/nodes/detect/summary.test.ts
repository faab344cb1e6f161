import { describe, expect, test } from 'vitest';
import summary from '../../../nodes/detect/summary.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf } from './detections.ts';

function ofClasses(classIds: number[], labels?: string[]) {
  return detectionsOf(
    classIds.map((classId) => ({ box: [0, 0, 1, 1], score: 1, classId })),
    undefined,
    labels,
  );
}

describe('detect/summary', () => {
  test('counts by label, the most frequent first', async () => {
    expect(await runNode(summary, { detections: ofClasses([1, 0, 0, 0, 0]) })).toEqual({
      counts: { person: 4, bus: 1 },
      total: 5,
      text: '4 persons, 1 bus',
    });
  });

  test.each([
    ['bus', '2 buses'],
    ['bench', '2 benches'],
    ['teddy bear', '2 teddy bears'],
    ['bowl of cherry', '2 bowl of cherries'],
    ['toy', '2 toys'],
    ['knife', '2 knives'],
    ['sheep', '2 sheep'],
    ['constructor', '2 constructors'],
  ])('the plural of %s reads %s', async (label, text) => {
    expect(await runNode(summary, { detections: ofClasses([0, 0], [label]) })).toMatchObject({ text });
  });

  test('classes without names are counted by their ids', async () => {
    expect(await runNode(summary, { detections: ofClasses([7, 7], []) })).toEqual({
      counts: { 'class 7': 2 },
      total: 2,
      text: '2 class 7',
    });
  });

  test('no detections are nothing', async () => {
    expect(await runNode(summary, { detections: ofClasses([]) })).toEqual({ counts: {}, total: 0, text: 'nothing' });
  });
});
