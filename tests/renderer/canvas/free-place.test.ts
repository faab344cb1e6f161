import { expect, test } from 'vitest';
import { freePlace } from '../../../src/renderer/canvas/free-place.ts';

const boxAt = (x: number, y: number) => ({ at: [x, y] as const, size: [220, 100] as const });

test('a node goes where it is wanted while nothing is there', () => {
  expect(freePlace([0, 0], [boxAt(300, 0), boxAt(0, 200)])).toEqual([0, 0]);
});

test('it goes to the right of what it would cover, and of what it would cover there', () => {
  expect(freePlace([0, 0], [boxAt(0, 0)])).toEqual([292, 0]);
  expect(freePlace([0, 0], [boxAt(300, 40), boxAt(10, -20)])).toEqual([592, 0]);
});
