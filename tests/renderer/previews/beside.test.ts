import { expect, test } from 'vitest';
import { besideFrame, refusedBeside } from '../../../src/renderer/previews/beside.ts';
import { placeAt } from '../../../src/renderer/previews/map-at.ts';
import type { InterpretedPicture, Picture } from '../../../src/shared/protocol/preview.ts';

function pictureOf(sourceWidth: number, sourceHeight: number): Picture {
  const region = { x: 0, y: 0, width: sourceWidth, height: sourceHeight };
  return { width: 1, height: 1, rgba: new Uint8Array(4), sourceWidth, sourceHeight, region, samples: null };
}

test('pictures of other sizes are laid over each other so that the same part of both is in the same place', () => {
  const [own, other] = [pictureOf(1280, 720), pictureOf(640, 360)];
  expect(refusedBeside(own, other)).toBeNull();
  expect(besideFrame({ x: 320, y: 100, scale: 2 }, own, other)).toEqual({ x: 160, y: 50, scale: 4 });
});

test('pictures of other proportions are refused with both sizes, and what to do', () => {
  expect(refusedBeside(pictureOf(1280, 720), pictureOf(640, 640))).toMatch(/640×640 .* 1280×720: choose/);
  // Scaling rounds to whole pixels.
  expect(refusedBeside(pictureOf(1280, 721), pictureOf(640, 360))).toBeNull();
});

test('a point of a sheet of feature maps is one of a map, and beside the last map there is none', () => {
  const grid = { columns: 2, rows: 2, batch: 0, first: 5, shown: 3, ranges: null };
  const planes = { batches: 1, maps: 9 };
  const sheet: InterpretedPicture = {
    ...pictureOf(20, 16),
    interpretation: '',
    black: 0,
    white: 1,
    planes,
    grid,
  };
  expect(placeAt(sheet, 13.7, 2.2)).toEqual({ map: 6, x: 3, y: 2 });
  expect(placeAt(sheet, 3, 15.9)).toEqual({ map: 7, x: 3, y: 7 });
  expect(placeAt(sheet, 13, 12)).toBeNull();
  expect(placeAt(sheet, -1, 2)).toBeNull();
  expect(placeAt({ ...sheet, grid: null }, 13.7, 2.2)).toEqual({ map: null, x: 13, y: 2 });
});
