import { expect, test } from 'vitest';
import { freePlace } from '../../../src/renderer/canvas/free-place.ts';

const VIEW = { at: [-400, -400], size: [1000, 800] } as const;
const boxAt = (x: number, y: number) => ({ at: [x, y] as const, size: [220, 100] as const });

test('a node goes where it is wanted while nothing is there', () => {
  expect(freePlace([0, 0], [boxAt(300, 0), boxAt(0, 200)], VIEW)).toEqual([0, 0]);
});

test('it goes beside what it would cover, or else below or above', () => {
  expect(freePlace([0, 0], [boxAt(0, 0)], VIEW)).toEqual([288, 0]);
  expect(freePlace([0, 0], [boxAt(-300, 0), boxAt(0, 0), boxAt(300, 0)], VIEW)).toEqual([0, 144]);
});

test('it stays in view, over others when the view is full', () => {
  const small = { at: [-10, -10], size: [300, 200] } as const;
  expect(freePlace([0, 0], [boxAt(0, 0)], small)).toEqual([0, 0]);
});
