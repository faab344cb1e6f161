import { describe, expect, test } from 'vitest';
import countLine from '../../../nodes/detect/count-line.ts';
import track from '../../../nodes/detect/track.ts';
import { Detections, ownSpace } from '../../../src/shared/node-api/detections.ts';
import { HeapContext, processAll } from '../node-context.ts';
import { detectionsOf } from './detections.ts';

interface Counted {
  readonly crossing: Detections;
  readonly forward: number;
  readonly backward: number;
  readonly perLabel: unknown;
}

/** A path of one object through the centres given, in a picture of 640×480. */
function path(...centres: readonly (readonly [number, number])[]): Detections[] {
  return centres.map(
    ([x, y]) =>
      new Detections(
        Float32Array.of(x - 10, y - 20, x + 10, y + 20),
        Float32Array.of(0.9),
        Int32Array.of(0),
        ['person'],
        ownSpace(640, 480),
        null,
        Int32Array.of(1),
      ),
  );
}

async function counted(pictures: readonly Detections[], inputs: object = {}): Promise<Counted> {
  const results = await processAll<Counted>(
    countLine,
    pictures.map((detections) => ({ detections, ...inputs })),
  );
  const last = results.at(-1);
  if (last === undefined) throw new Error('nothing was counted');
  return last;
}

describe('detect/count-line', () => {
  test('counts down as forward and up as backward on a line from left to right', async () => {
    expect(await counted(path([300, 100], [300, 300]))).toMatchObject({ forward: 1, backward: 0 });
    expect(await counted(path([300, 300], [300, 100]))).toMatchObject({ forward: 0, backward: 1 });
  });

  test('there and back is one of each', async () => {
    const { forward, backward, perLabel } = await counted(path([300, 200], [300, 300], [300, 200]));
    expect([forward, backward]).toEqual([1, 1]);
    expect(perLabel).toEqual({ person: { forward: 1, backward: 1 } });
  });

  test('stopping on the line and going on is one crossing', async () => {
    expect(await counted(path([300, 200], [300, 240], [300, 240], [300, 300]))).toMatchObject({
      forward: 1,
      backward: 0,
    });
  });

  test('a path beside the ends of the line does not cross it', async () => {
    const short = { fromX: 0, toX: 0.25 };
    expect(await counted(path([300, 100], [300, 300]), short)).toMatchObject({ forward: 0, backward: 0 });
    expect(await counted(path([100, 100], [100, 300]), short)).toMatchObject({ forward: 1, backward: 0 });
  });

  test('the lower edge of a box crosses before its middle', async () => {
    const steps = path([300, 200], [300, 225]);
    expect(await counted(steps)).toMatchObject({ forward: 0 });
    expect(await counted(steps, { anchor: 'bottom' })).toMatchObject({ forward: 1 });
  });

  test('gives the objects that cross in the picture in which they do', async () => {
    const { crossing } = await counted(path([300, 200], [300, 300]));
    expect(crossing.count).toBe(1);
    expect((await counted(path([300, 200], [300, 300], [300, 310]))).crossing.count).toBe(0);
  });

  test('refuses detections that were not tracked', async () => {
    await expect(counted([detectionsOf([{ box: [0, 0, 1, 1], score: 1 }])])).rejects.toMatchObject({
      code: 'E_VALUE',
      message:
        'Count across a line counts objects, but these detections have no numbers yet: put detect/track before it.',
    });
  });

  test('counts everybody who walks across behind a pole, exactly', async () => {
    // Forty people, one after the other, in lanes of their own; every third goes up. The pole hides them at the line.
    const people = Array.from({ length: 40 }, (_, k) => ({ lane: 40 + (k % 8) * 75, start: k * 6, up: k % 3 === 0 }));
    const last = 40 * 6 + 60;
    const pictures = Array.from({ length: last }, (_, picture) =>
      detectionsOf(
        people.flatMap(({ lane, start, up }) => {
          const travelled = (picture - start) * 10;
          const y = up ? 460 - travelled : 20 + travelled;
          const hidden = y > 220 && y < 260 && lane % 2 === 0;
          if (travelled < 0 || y < 20 || y > 460 || hidden) return [];
          const wobble = Math.sin(picture * 1.7 + lane) * 1.5;
          return [{ box: [lane - 15 + wobble, y - 20, lane + 15 + wobble, y + 20] as const, score: 0.8 }];
        }),
      ),
    );
    await using ctx = new HeapContext();
    const tracked = await processAll<{ detections: Detections }>(
      track,
      pictures.map((detections) => ({ detections })),
      ctx,
    );
    const { forward, backward } = await counted(tracked.map(({ detections }) => detections));
    expect({ forward, backward }).toEqual({ forward: 26, backward: 14 });
  });
});
