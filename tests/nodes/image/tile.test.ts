import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import resize from '../../../nodes/image/resize.ts';
import { type TilePlace, tileSpans, weightAt } from '../../../nodes/image/shared/tile-grid.ts';
import tile from '../../../nodes/image/tile.ts';
import untile from '../../../nodes/image/untile.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { HeapContext, itemsOf, runNode, withDefaults } from '../node-context.ts';
import { noise, picture, pixel, refusal } from './pictures.ts';

interface Tile {
  readonly tile: Image;
  readonly place: TilePlace;
  readonly index: number;
}

const tilesOf = (image: Image, inputs: object) => itemsOf<Tile>(tile, { image, ...inputs });

async function joined(tiles: readonly { tile: Image; place: TilePlace }[]): Promise<Image> {
  if (!('collect' in untile)) throw new Error('image/untile folds a stream.');
  const ctx = new HeapContext();
  const fold = await untile.collect({}, ctx);
  for (const each of tiles) await fold.add({ ...each }, ctx);
  return ((await fold.result(ctx)) as { image: Image }).image;
}

describe('spans of tiles', () => {
  const grids = fc.record({
    length: fc.integer({ min: 1, max: 500 }),
    size: fc.integer({ min: 2, max: 64 }),
    part: fc.integer({ min: 0, max: 8 }).map((n) => n / 16),
  });

  test('cover the whole length, overlap by as much as asked for, and no fewer would do', () => {
    fc.assert(
      fc.property(grids, ({ length, size, part }) => {
        const overlap = Math.floor(size * part);
        const spans = tileSpans(length, size, overlap);
        expect(spans[0].start).toBe(0);
        if (length >= size) expect((spans.at(-1)?.start ?? 0) + size).toBe(length);
        for (let i = 1; i < spans.length; i++) {
          expect(spans[i - 1].start + size - spans[i].start).toBeGreaterThanOrEqual(overlap);
        }
        expect((spans.length - 1) * (size - overlap) + overlap).toBeLessThan(Math.max(length, overlap + 1));
      }),
    );
  });

  test('have weights that add up to 1 everywhere, and none near the edge of a tile', () => {
    fc.assert(
      fc.property(grids, ({ length, size, part }) => {
        const overlap = Math.floor(size * part);
        const spans = tileSpans(length, size, overlap);
        for (let place = 0.5; place < length; place++) {
          const covering = spans.filter(({ start }) => place > start && place < start + size);
          expect(covering.reduce((sum, span) => sum + weightAt(span, place), 0)).toBeCloseTo(1, 9);
          for (const span of covering) {
            const isContext = span.rise !== null && place - span.start < overlap / 4 - 0.5;
            if (isContext) expect(weightAt(span, place)).toBe(0);
          }
        }
      }),
    );
  });
});

describe('image/tile', () => {
  test('cuts tiles of one size, row by row, and knows how many there will be', async () => {
    const image = noise(100, 60, 3);
    const inputs = { width: 40, height: 40, overlap: 8 };
    const tiles = await tilesOf(image, inputs);
    expect(tiles.map(({ place: { x, y } }) => [x.start, y.start])).toEqual([
      [0, 0],
      [30, 0],
      [60, 0],
      [0, 20],
      [30, 20],
      [60, 20],
    ]);
    expect(tiles.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { tile: each, place } of tiles) {
      expect(each).toMatchObject({ width: 40, height: 40, channels: 3 });
      expect(pixel(each, 7, 9)).toEqual(pixel(image, place.x.start + 7, place.y.start + 9));
      expect(place).toMatchObject({ width: 100, height: 60, count: 6 });
    }
    expect('count' in tile && tile.count?.(withDefaults(tile, { image, ...inputs }))).toBe(6);
  });

  test('continues a smaller picture with its outermost pixels', async () => {
    const image = noise(3, 2, 3);
    const [{ tile: only }, ...others] = await tilesOf(image, { width: 5, height: 4, overlap: 0 });
    expect(others).toEqual([]);
    expect(pixel(only, 4, 0)).toEqual(pixel(image, 2, 0));
    expect(pixel(only, 1, 3)).toEqual(pixel(image, 1, 1));
    expect(pixel(only, 4, 3)).toEqual(pixel(image, 2, 1));
  });

  test('refuses an overlap of more than half a tile', async () => {
    await refusal(tilesOf(noise(100, 100, 1), { width: 40, height: 20, overlap: 11 }), 'E_VALUE');
  });
});

describe('image/untile', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 90 }),
    height: fc.integer({ min: 1, max: 90 }),
    side: fc.integer({ min: 4, max: 40 }),
    overlap: fc.integer({ min: 0, max: 2 }),
    channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
  });

  test('puts tiles together to the very picture, whatever its size', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height, side, overlap, channels }) => {
        const image = noise(width, height, channels);
        expect(await joined(await tilesOf(image, { width: side, height: side, overlap }))).toEqual(image);
      }),
      { numRuns: 50 },
    );
  });

  test('of tiles that were enlarged, in any order', async () => {
    const image = noise(50, 30, 3);
    const tiles = await tilesOf(image, { width: 24, height: 20, overlap: 8 });
    const enlarged = await Promise.all(
      tiles.map(async ({ tile: each, place }) => {
        const size = { width: each.width * 3, height: each.height * 3, method: 'nearest' };
        return { tile: (await runNode<{ image: Image }>(resize, { image: each, ...size })).image, place };
      }),
    );
    const size = { width: 150, height: 90, method: 'nearest' };
    const whole = (await runNode<{ image: Image }>(resize, { image, ...size })).image;
    expect(await joined(enlarged)).toEqual(whole);
    expect(await joined(enlarged.reverse())).toEqual(whole);
  });

  test('fades from one tile to the next where they differ', async () => {
    const tiles = await tilesOf(
      picture(80, 10, 1, () => 0),
      { width: 48, height: 10, overlap: 4 },
    );
    expect(tiles).toHaveLength(2);
    const painted = tiles.map(({ place }, i) => ({ tile: picture(48, 10, 1, () => i * 200), place }));
    const row = [...(await joined(painted)).data.subarray(0, 80)];
    expect(row.slice(0, 39)).toEqual(new Array(39).fill(0));
    expect(row.slice(39, 41)).toEqual([50, 150]);
    expect(row.slice(41)).toEqual(new Array(39).fill(200));
  });

  test('keeps 16-bit and floating-point samples', async () => {
    const deep = new Image(
      'u16',
      30,
      8,
      1,
      Uint16Array.from({ length: 240 }, (_, i) => i * 273),
    );
    const float = new Image(
      'f32',
      30,
      8,
      1,
      Float32Array.from({ length: 240 }, (_, i) => i / 240),
    );
    const inputs = { width: 16, height: 8, overlap: 4 };
    expect(await joined(await tilesOf(deep, inputs))).toEqual(deep);
    const whole = await joined(await tilesOf(float, inputs));
    whole.data.forEach((sample, i) => {
      expect(sample).toBeCloseTo(float.data[i], 6);
    });
  });

  test.each<[string, (tiles: Tile[]) => { tile: Image; place: TilePlace }[]]>([
    ['a tile that is missing', (tiles) => tiles.slice(1)],
    ['no tiles', () => []],
    ['tiles of different sizes', ([first, ...rest]) => [{ ...first, tile: noise(32, 32, 3) }, ...rest]],
    ['tiles with other channels', ([first, ...rest]) => [{ ...first, tile: noise(16, 16, 1) }, ...rest]],
    ['tiles that were stretched', (tiles) => tiles.map((each) => ({ ...each, tile: noise(32, 16, 3) }))],
    ['tiles enlarged by a fraction', (tiles) => tiles.map((each) => ({ ...each, tile: noise(24, 24, 3) }))],
  ])('refuses %s', async (_, change) => {
    const tiles = await tilesOf(noise(40, 16, 3), { width: 16, height: 16, overlap: 4 });
    await refusal(joined(change(tiles)), 'E_VALUE');
  });
});
