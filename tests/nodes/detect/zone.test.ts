import { describe, expect, test } from 'vitest';
import zone from '../../../nodes/detect/zone.ts';
import type { Detections } from '../../../src/shared/node-api/detections.ts';
import { runNode } from '../node-context.ts';
import { detectionsOf } from './detections.ts';

interface Zoned {
  readonly inside: Detections;
  readonly outside: Detections;
  readonly count: number;
}

/** Boxes of 20×20 around the centres given, in a picture of 640×480. */
function around(...centres: readonly (readonly [number, number])[]): Detections {
  return detectionsOf(centres.map(([x, y]) => ({ box: [x - 10, y - 10, x + 10, y + 10], score: 0.9 })));
}

describe('detect/zone', () => {
  test('parts the detections by where they stand', async () => {
    const detections = around([320, 200], [20, 20], [320, 355]);
    const { inside, outside, count } = await runNode<Zoned>(zone, { detections });
    // The third one's middle is inside, but its lower edge is not.
    expect([inside.count, outside.count, count]).toEqual([1, 2, 1]);
    expect((await runNode<Zoned>(zone, { detections, anchor: 'centre' })).count).toBe(2);
  });

  test('the zone may have dents', async () => {
    const polygon = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0.5, 0.5],
      [0, 1],
    ];
    const detections = around([320, 100], [320, 400], [30, 400]);
    const { inside } = await runNode<Zoned>(zone, { detections, polygon, anchor: 'centre' });
    expect([...inside.boxes.subarray(0, 2), inside.count]).toEqual([310, 90, 2]);
  });

  test('no detections, none inside', async () => {
    expect((await runNode<Zoned>(zone, { detections: around() })).count).toBe(0);
  });

  test.each([
    [[]],
    [
      [
        [0, 0],
        [1, 1],
      ],
    ],
    ['all'],
    [
      [
        [0, 0],
        [1, 1],
        [1, 'x'],
      ],
    ],
  ])('refuses %j as a zone', async (polygon) => {
    await expect(runNode(zone, { detections: around(), polygon })).rejects.toMatchObject({ code: 'E_VALUE' });
  });
});
