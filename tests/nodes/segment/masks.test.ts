import { describe, expect, test } from 'vitest';
import masksNode from '../../../nodes/segment/masks.ts';
import { Detections, ownSpace, type Space } from '../../../src/shared/node-api/detections.ts';
import type { Mask } from '../../../src/shared/node-api/mask.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

// A model of 32 × 32 pixels with two classes and two prototypes of 8 × 8: the first is positive on the left half, the
// second on the upper half. Six candidates.
const CANDIDATES = 60;

function outputsWith(coefficients: Readonly<Record<number, readonly [number, number]>>): Map<string, Tensor> {
  const candidates = new Float32Array((4 + 2 + 2) * CANDIDATES);
  for (const [candidate, [left, upper]] of Object.entries(coefficients)) {
    candidates[6 * CANDIDATES + Number(candidate)] = left;
    candidates[7 * CANDIDATES + Number(candidate)] = upper;
  }
  const prototypes = Float32Array.from({ length: 128 }, (_, i) => {
    const [x, y] = [i % 8, Math.floor(i / 8) % 8];
    return (i < 64 ? x : y) < 4 ? 1 : -1;
  });
  return new Map([
    ['output0', new Tensor('float32', [1, 8, CANDIDATES], candidates)],
    ['output1', new Tensor('float32', [1, 2, 8, 8], prototypes)],
  ]);
}

function detections(boxes: readonly (readonly number[])[], candidates: readonly number[], space: Space): Detections {
  return new Detections(
    Float32Array.from(boxes.flat()),
    new Float32Array(boxes.length).fill(0.9),
    new Int32Array(boxes.length),
    ['cat', 'dog'],
    space,
    { candidates: Int32Array.from(candidates), oneEach: false },
  );
}

async function masksOf(found: Detections, outputs = outputsWith({ 3: [1, 0], 5: [0, 1] }), inputs: object = {}) {
  const given = { detections: found, outputs, ...inputs };
  return (await runNode<{ masks: Mask[] }>(masksNode, given)).masks;
}

/** The pixels inside a mask as [left, top, right, bottom], which they must fill. */
function rectangleOf({ data, space }: Mask): number[] | null {
  const inside = [...data.keys()].filter((i) => data[i] === 255);
  if (inside.length === 0) return null;
  const columns = inside.map((i) => i % space.width);
  const rows = inside.map((i) => Math.floor(i / space.width));
  const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows) + 1];
  expect(inside.length).toBe((right - left) * (bottom - top));
  return [left, top, right, bottom];
}

describe('segment/masks', () => {
  test('gives each detection the mask of its own coefficients, as far as its box goes', async () => {
    const found = detections(
      [
        [4, 4, 30, 30],
        [2, 2, 28, 28],
      ],
      [5, 3],
      ownSpace(32, 32),
    );
    const [upper, left] = await masksOf(found);
    expect(rectangleOf(upper)).toEqual([4, 4, 30, 16]);
    expect(rectangleOf(left)).toEqual([2, 2, 16, 28]);
    expect(new Set(upper.data)).toEqual(new Set([0, 255]));
  });

  test('is as large as the original, whatever the letterbox', async () => {
    // 128 × 64 pixels, a quarter of the size, 8 pixels of padding above.
    const space = {
      width: 32,
      height: 32,
      scale: 0.25,
      scaleY: 0.25,
      padX: 0,
      padY: 8,
      originalWidth: 128,
      originalHeight: 64,
    };
    const [mask] = await masksOf(detections([[0, 8, 32, 24]], [3], space));
    expect(mask.space).toEqual(ownSpace(128, 64));
    expect(rectangleOf(mask)).toEqual([0, 0, 64, 64]);
  });

  test('a surer pixel is asked for by the threshold', async () => {
    const found = detections([[0, 0, 32, 32]], [3], ownSpace(32, 32));
    // A logit of 1 is a probability of 0.731.
    expect(rectangleOf((await masksOf(found, undefined, { threshold: 0.73 }))[0])).not.toBeNull();
    expect(rectangleOf((await masksOf(found, undefined, { threshold: 0.74 }))[0])).toBeNull();
  });

  test.each([
    ['outside', [40, 40, 60, 60]],
    ['empty', [10, 10, 10, 10]],
    ['not a number', [Number.NaN, 0, Number.NaN, 10]],
  ])('a box that is %s has an empty mask', async (_, box) => {
    expect(rectangleOf((await masksOf(detections([box], [3], ownSpace(32, 32))))[0])).toBeNull();
  });

  test('no detections have no masks', async () => {
    expect(await masksOf(detections([], [], ownSpace(32, 32)))).toEqual([]);
  });

  test('refuses detections in pixels of the original', async () => {
    const error = await refusal(masksOf(detections([[0, 0, 9, 9]], [3], ownSpace(128, 64))), 'E_SPACE');
    expect(error.message).toContain('before detect/to-original');
  });

  test('refuses detections of other outputs', async () => {
    await refusal(masksOf(detections([[0, 0, 9, 9]], [CANDIDATES], ownSpace(32, 32))), 'E_VALUE');
  });

  test('refuses outputs without prototypes', async () => {
    const outputs = new Map([...outputsWith({})].slice(0, 1));
    await refusal(masksOf(detections([[0, 0, 9, 9]], [3], ownSpace(32, 32)), outputs), 'E_VALUE');
  });
});
